using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;

namespace HostingOps.Engine.Aws;

/// <summary>A role's session for a token in a file (a CI system's, a Kubernetes service account's); the token is read again at each renewal.</summary>
internal sealed class WebIdentityCredentials(string tokenFile, string roleArn, string? sessionName, string region)
    : AssumeRoleWithWebIdentityCredentials(tokenFile, roleArn, string.IsNullOrEmpty(sessionName) ? "HostingOps" : sessionName)
{
    private readonly string region = region;

    protected override ICoreAmazonSTS CreateClient() => StsClients.Create(new AnonymousAWSCredentials(), region);
}
