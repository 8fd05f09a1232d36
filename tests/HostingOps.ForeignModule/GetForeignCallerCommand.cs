using System.Management.Automation;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Foreign;

/// <summary>Asks STS through a client of this module's own, so that its assembly is there before anybody looks for one.</summary>
[Cmdlet(VerbsCommon.Get, "ForeignCaller")]
public sealed class GetForeignCallerCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        using var client = new AmazonSecurityTokenServiceClient(new BasicAWSCredentials("FOREIGN", "s"));
        var session = client.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::9:role/direct", RoleSessionName = "foreign" }).GetAwaiter().GetResult();
        WriteObject(new { Value = session.Credentials.AccessKeyId, From = typeof(AmazonSecurityTokenServiceClient).Assembly.Location, Core = typeof(AmazonServiceClient).Assembly.Location });
    }
}
