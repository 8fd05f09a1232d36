using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace HostingOps.Engine.Aws;

/// <summary>A role's session, renewed five minutes before it ends.</summary>
internal sealed class AssumedRoleCredentials : RefreshingAWSCredentials
{
    private readonly AWSCredentials source;
    private readonly AssumeRoleRequest request;
    private readonly string region;

    public AssumedRoleCredentials(AWSCredentials source, string roleArn, string? sessionName, string? externalId, string region)
    {
        this.source = source;
        this.region = region;
        request = new AssumeRoleRequest
        {
            RoleArn = roleArn,
            RoleSessionName = string.IsNullOrEmpty(sessionName) ? "HostingOps" : sessionName,
            ExternalId = string.IsNullOrEmpty(externalId) ? null : externalId,
        };
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        try
        {
            using var sts = StsClients.Create(source, region);
            var session = (await sts.AssumeRoleAsync(request).ConfigureAwait(false)).Credentials;
            return new CredentialsRefreshState(
                new ImmutableCredentials(session.AccessKeyId, session.SecretAccessKey, session.SessionToken),
                session.Expiration?.ToUniversalTime() ?? DateTime.UtcNow.AddMinutes(15));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw CredentialFailure.Translate(error, $"role {request.RoleArn}", "sts:AssumeRole");
        }
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
