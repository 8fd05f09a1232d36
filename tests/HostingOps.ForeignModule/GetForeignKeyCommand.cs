using System.Management.Automation;
using Amazon.Runtime.CredentialManagement;

namespace Foreign;

/// <summary>Credentials of a profile, as an AWS module takes them: the SDK looks for STS and SSO by name.</summary>
[Cmdlet(VerbsCommon.Get, "ForeignKey")]
public sealed class GetForeignKeyCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string ProfileName { get; set; } = "";

    protected override void ProcessRecord()
    {
        if (!new CredentialProfileStoreChain().TryGetAWSCredentials(ProfileName, out var credentials))
        {
            throw new InvalidOperationException("no profile " + ProfileName);
        }

        WriteObject(new { Value = credentials.GetCredentials().AccessKey, From = credentials.GetType().Assembly.Location });
    }
}
