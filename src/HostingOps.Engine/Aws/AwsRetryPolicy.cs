using Amazon.EC2.Model;
using Amazon.Route53.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace HostingOps.Engine.Aws;

/// <summary>
/// The SDK's standard policy with two differences. Throttling, which is certain to have changed nothing, is tried longer than
/// the rest. A write whose answer was lost is not sent again from in here: it may have happened, and only its caller can read
/// the world before trying again. In a rehearsal, whose endpoint nobody shares, a failed call is tried again sooner; after throttling
/// the waits are AWS's there too.
/// </summary>
internal sealed class AwsRetryPolicy : StandardRetryPolicy
{
    /// <summary>Retries after throttling.</summary>
    public const int MostThrottlingRetries = 6;

    /// <summary>Retries after anything else that is worth one.</summary>
    public const int MostOtherRetries = 2;

    /// <summary>Retries when no connection came about: with the connect timeout, about ten seconds in all.</summary>
    public const int MostConnectionRetries = 1;

    private const string WasThrottled = "hostingops-throttled";
    private static readonly TimeSpan RehearsalPause = TimeSpan.FromMilliseconds(50);

    private readonly bool rehearsal;

    public AwsRetryPolicy(IClientConfig config)
        : base(config)
    {
        rehearsal = Uri.TryCreate(config.ServiceURL, UriKind.Absolute, out var endpoint) && AwsEnvironment.IsLoopback(endpoint);

        // EC2 throttles with a code of its own, which the core does not list.
        ThrottlingErrorCodes.Add("EC2ThrottledException");
    }

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) => Decide(executionContext, exception);

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
        Task.FromResult(Decide(executionContext, exception));

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) =>
        rehearsal && !(executionContext.RequestContext.ContextAttributes.TryGetValue(WasThrottled, out var throttled) && throttled is true)
            ? Task.Delay(RehearsalPause * executionContext.RequestContext.Retries, executionContext.RequestContext.CancellationToken)
            : base.WaitBeforeRetryAsync(executionContext);

    // The core takes a connection that ended without an answer for a stale one and sends up to ten times more, uncounted and
    // writes too. The HTTP client below already replaces connections that had closed before anything was sent.
    public override bool IsStaleConnectionError(Exception exception) => false;

    private bool Decide(IExecutionContext context, Exception exception)
    {
        var throttled = IsThrottlingError(exception);
        context.RequestContext.ContextAttributes[WasThrottled] = throttled;
        if (throttled)
        {
            return true;
        }

        // A zone that has no room has none in a second either; another zone may.
        if (context.RequestContext.Retries >= MostOtherRetries
            || exception is OperationCanceledException or AmazonServiceException { ErrorCode: "InsufficientInstanceCapacity" or "InsufficientHostCapacity" })
        {
            return false;
        }

        if (AwsFailure.WasNeverSent(exception))
        {
            return context.RequestContext.Retries < MostConnectionRetries;
        }

        return !IsDelicateWrite(context.RequestContext.OriginalRequest)
            && (exception is TimeoutException || RetryForExceptionSync(exception, context));
    }

    private static bool IsDelicateWrite(AmazonWebServiceRequest request) => request switch
    {
        ChangeResourceRecordSetsRequest => true,
        RunInstancesRequest { DryRun: not true } or AssociateAddressRequest { DryRun: not true } => true,
        _ => false,
    };
}
