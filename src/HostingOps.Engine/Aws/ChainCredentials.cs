using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Credentials that are looked for on first use. A failure is not remembered: signing in again is enough. Every failure
/// leaves as a HostingException.
/// </summary>
internal sealed class ChainCredentials(ICredentialSource source) : AWSCredentials, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private ResolvedCredentials? found;

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var resolved = Volatile.Read(ref found);
        if (resolved is null)
        {
            await gate.WaitAsync().ConfigureAwait(false);
            try
            {
                resolved = found ??= await source.ResolveAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw CredentialFailure.Translate(error, "the AWS credentials");
            }
            finally
            {
                gate.Release();
            }
        }

        try
        {
            return await resolved.Credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw CredentialFailure.Translate(error, resolved.Name);
        }
    }

    // Only the SDK's synchronous calls come here, and HostingOps makes none.
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    public void Dispose()
    {
        (found?.Credentials as IDisposable)?.Dispose();
        gate.Dispose();
    }
}
