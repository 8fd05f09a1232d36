using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Credentials that are looked for on first use. A failure is not remembered: signing in again is enough. Every failure
/// leaves as a HostingException.
/// </summary>
internal sealed class ChainCredentials(ICredentialSource source) : AWSCredentials, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private AWSCredentials? found;

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var credentials = Volatile.Read(ref found);
        if (credentials is null)
        {
            await gate.WaitAsync().ConfigureAwait(false);
            try
            {
                credentials = found ??= await source.ResolveAsync().ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        }

        try
        {
            return await credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw CredentialFailure.Translate(error, "the AWS credentials");
        }
    }

    // Only the SDK's synchronous calls come here, and HostingOps makes none.
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    public void Dispose()
    {
        (found as IDisposable)?.Dispose();
        gate.Dispose();
    }
}
