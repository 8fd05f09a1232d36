using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace HostingOps.Engine.Aws;

/// <summary>A role's session, renewed five minutes before it ends.</summary>
/// <param name="roleArn">The role.</param>
/// <param name="action">The IAM action that gives the session, for error texts.</param>
internal abstract class RoleSessionCredentials(string roleArn, string action) : RefreshingAWSCredentials
{
    /// <summary>Asks STS for a session.</summary>
    protected abstract Task<Credentials?> RequestSessionAsync();

    protected sealed override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected sealed override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
        try
        {
            var session = await RequestSessionAsync().ConfigureAwait(false);
            return new CredentialsRefreshState(
                new ImmutableCredentials(session?.AccessKeyId, session?.SecretAccessKey, session?.SessionToken),
                session?.Expiration ?? DateTime.UtcNow.AddMinutes(15));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw CredentialFailure.Translate(error, $"role {roleArn}", action);
        }
    }

    protected static string NameOf(string? session) => string.IsNullOrEmpty(session) ? "HostingOps" : session;
}
