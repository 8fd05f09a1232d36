using Amazon.EC2.Model;
using Amazon.Route53.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace HostingOps.Engine.Aws;

/// <summary>Sends each attempt, retries included, through the gate.</summary>
internal sealed class MeteringHandler(AwsCallGate gate, RetryPolicy policy) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var request = executionContext.RequestContext;
        var name = request.OriginalRequest.GetType().Name;
        var operation = name.EndsWith("Request", StringComparison.Ordinal) ? name[..^"Request".Length] : name;
        var attempt = request.Retries + 1;
        var sent = await gate.EnterAsync(operation, About(request.OriginalRequest), attempt, request.CancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            gate.Answered(operation, sent);
            return answer;
        }
        catch (Exception error) when (error is not OperationCanceledException || !request.CancellationToken.IsCancellationRequested)
        {
            gate.Failed(operation, sent, attempt, error, throttled: error is AmazonServiceException && policy.IsThrottlingError(error));
            throw;
        }
    }

    private static string? About(AmazonWebServiceRequest request) => request switch
    {
        ListResourceRecordSetsRequest r => r.StartRecordName is null ? $"zone {r.HostedZoneId}" : $"zone {r.HostedZoneId} from {r.StartRecordName}",
        ChangeResourceRecordSetsRequest r => FormattableString.Invariant($"zone {r.HostedZoneId}, {r.ChangeBatch?.Changes?.Count ?? 0} changes"),
        ListHostedZonesByNameRequest r => r.DNSName,
        GetHostedZoneRequest r => $"zone {r.Id}",
        GetChangeRequest r => $"change {r.Id}",
        GetHealthCheckStatusRequest r => $"health check {r.HealthCheckId}",
        AssociateAddressRequest r => r.AllocationId ?? r.PublicIp,
        _ => null,
    };
}
