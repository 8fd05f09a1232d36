using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Gets the credentials before anything else. The SDK asks for them without a cancellation token, and a source like SSO or
/// the metadata service may take its time: waited for here, Ctrl+C works at once.
/// </summary>
internal sealed class CredentialsFirstHandler(ChainCredentials credentials) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        await credentials.GetCredentialsAsync().WaitAsync(executionContext.RequestContext.CancellationToken).ConfigureAwait(false);
        return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
    }
}
