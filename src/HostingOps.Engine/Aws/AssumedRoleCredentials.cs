using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace HostingOps.Engine.Aws;

/// <summary>A role's session for a caller with credentials of its own.</summary>
internal sealed class AssumedRoleCredentials(AWSCredentials source, string roleArn, string? sessionName, string? externalId, string region)
    : RoleSessionCredentials(roleArn, "sts:AssumeRole")
{
    private readonly AWSCredentials source = source;
    private readonly AssumeRoleRequest request = new()
    {
        RoleArn = roleArn,
        RoleSessionName = NameOf(sessionName),
        ExternalId = string.IsNullOrEmpty(externalId) ? null : externalId,
    };

    protected override async Task<Credentials?> RequestSessionAsync()
    {
        using var http = new AwsHttpClientFactory();
        using var sts = StsClients.Create(source, region, http);
        return (await sts.AssumeRoleAsync(request).ConfigureAwait(false)).Credentials;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (source as IDisposable)?.Dispose();
        }

        base.Dispose(disposing);
    }
}
