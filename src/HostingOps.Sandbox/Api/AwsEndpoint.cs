using System.Collections.Concurrent;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Api;

/// <summary>The one endpoint of the sandbox's AWS: finds the service, lays faults, and turns exceptions into error answers.</summary>
internal sealed class AwsEndpoint(IReadOnlyList<IAwsService> services, SandboxFaults faults, SandboxIds ids)
{
    private readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);

    /// <summary>Calls that reached an action since the start, throttled and failed ones included.</summary>
    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int>(calls);

    /// <summary>Answers one request.</summary>
    public async Task<HttpAnswer> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var service = services.FirstOrDefault(candidate => candidate.Owns(request));
        if (service is null)
        {
            return HttpAnswer.Text(404, "text/plain; charset=utf-8", "This is the HostingOps sandbox's AWS endpoint: Route 53 and EC2.\n");
        }

        var requestId = ids.RequestId();
        try
        {
            return await CallAsync(service, request, requestId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error)
        {
            return service.Error(error, requestId);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A mistake of the sandbox itself: the client gets what AWS gives for its own mistakes, with the cause in the text.
            return service.Error(new ApiException(500, "InternalFailure", $"The sandbox failed: {error.Message}"), requestId);
        }
    }

    private async Task<HttpAnswer> CallAsync(IAwsService service, HttpRequest request, string requestId, CancellationToken cancellationToken)
    {
        var action = service.ActionOf(request);
        calls.AddOrUpdate(action, 1, (_, count) => count + 1);
        var fault = faults.Take(action);
        switch (fault)
        {
            case SandboxApiFault.ConnectionLostBefore:
                return HttpAnswer.Reset;
            case SandboxApiFault.InternalError or SandboxApiFault.Throttled or SandboxApiFault.AccessDenied or SandboxApiFault.ExpiredToken:
                throw service.FaultError(fault.Value, request, action);
        }

        service.Admit(request, action);
        var answer = await service.CallAsync(request, action, requestId, cancellationToken).ConfigureAwait(false);
        return fault switch
        {
            SandboxApiFault.AnswerLost => HttpAnswer.Reset,
            SandboxApiFault.GarbageAnswer => HttpAnswer.Text(200, "text/html", "<html><body><h1>It works!</h1><p>A proxy that answers for AWS.</body>"),
            _ => answer,
        };
    }
}
