using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace HostingOps.Engine.Aws;

/// <summary>A role's session for a token in a file (a CI system's, a Kubernetes service account's); the token is read again at each renewal.</summary>
internal sealed class WebIdentityCredentials(string tokenFile, string roleArn, string? sessionName, string region)
    : RoleSessionCredentials(roleArn, "sts:AssumeRoleWithWebIdentity")
{
    private readonly string roleArn = roleArn;

    protected override async Task<Credentials?> RequestSessionAsync()
    {
        var request = new AssumeRoleWithWebIdentityRequest
        {
            RoleArn = roleArn,
            RoleSessionName = NameOf(sessionName),
            WebIdentityToken = (await File.ReadAllTextAsync(tokenFile).ConfigureAwait(false)).Trim(),
        };
        using var http = new AwsHttpClientFactory();
        using var sts = StsClients.Create(new AnonymousAWSCredentials(), region, http);
        return (await sts.AssumeRoleWithWebIdentityAsync(request).ConfigureAwait(false)).Credentials;
    }
}
