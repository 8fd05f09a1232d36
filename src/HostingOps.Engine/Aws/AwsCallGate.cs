namespace HostingOps.Engine.Aws;

/// <summary>What each request to one service passes: it waits for its turn, is counted, and its answer sets the pace.</summary>
internal sealed class AwsCallGate(AwsService service, AwsCallMeter meter, TimeProvider time, bool paced)
{
    // An account may send Route 53 and EC2 more, but it is not ours alone. GetHealthCheckStatus has a smaller bucket of its own.
    private readonly RequestPace general = new(time, initial: 5, lowest: 0.5, highest: 10);
    private readonly RequestPace healthCheckStatus = new(time, initial: 1, lowest: 0.25, highest: 1);

    public async Task EnterAsync(string operation, string? about, CancellationToken cancellationToken)
    {
        if (paced)
        {
            await Pace(operation).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        meter.Sending(service, operation, about);
    }

    public void Answered(string operation) => Pace(operation).Answered();

    public void Throttled(string operation) => Pace(operation).Throttled();

    private RequestPace Pace(string operation) => operation == "GetHealthCheckStatus" ? healthCheckStatus : general;
}
