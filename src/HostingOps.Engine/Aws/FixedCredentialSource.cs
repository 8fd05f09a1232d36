using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>Credentials given by the caller.</summary>
internal sealed class FixedCredentialSource(AWSCredentials credentials) : ICredentialSource
{
    public Task<ResolvedCredentials> ResolveAsync() => Task.FromResult(new ResolvedCredentials(credentials, "the credentials given"));
}
