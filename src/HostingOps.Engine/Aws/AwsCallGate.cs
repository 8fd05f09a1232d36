using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>What each request to one service passes: it waits for its turn, is counted, and its answer sets the pace.</summary>
internal sealed class AwsCallGate(AwsService service, string endpoint, AwsCallMeter meter, TimeProvider time, bool paced)
{
    // An account may send Route 53 and EC2 more, but it is not ours alone. GetHealthCheckStatus has a smaller bucket of its own.
    private readonly RequestPace general = new(time, initial: 5, lowest: 0.5, highest: 10);
    private readonly RequestPace healthCheckStatus = new(time, initial: 1, lowest: 0.25, highest: 1, burst: 4);

    /// <summary>Waits for the call's turn.</summary>
    /// <param name="operation">The API's action.</param>
    /// <param name="about">What it is about, or null.</param>
    /// <param name="attempt">1 for the first try.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it was sent, for <see cref="Answered"/> and <see cref="Failed"/>.</returns>
    public async Task<long> EnterAsync(string operation, string? about, int attempt, CancellationToken cancellationToken)
    {
        if (paced)
        {
            await Pace(operation).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        meter.Count(service, operation);
        meter.Tell(FormattableString.Invariant(
            $"{service.Title} {operation}{(about is null ? "" : " " + about)} at {endpoint}{(attempt > 1 ? FormattableString.Invariant($", try {attempt}") : "")}"));
        return time.GetTimestamp();
    }

    /// <summary>The answer has come.</summary>
    public void Answered(string operation, long sent)
    {
        Pace(operation).Answered();
        meter.Tell(FormattableString.Invariant($"{service.Title} {operation} answered in {Milliseconds(sent):0} ms"));
    }

    /// <summary>No answer came, or an error.</summary>
    public void Failed(string operation, long sent, int attempt, Exception error, bool throttled)
    {
        if (throttled)
        {
            Pace(operation).Throttled();
        }

        var what = error is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : error.GetType().Name;
        meter.Tell(FormattableString.Invariant($"{service.Title} {operation}, try {attempt}: {what} after {Milliseconds(sent):0} ms"));
    }

    private double Milliseconds(long since) => time.GetElapsedTime(since).TotalMilliseconds;

    private RequestPace Pace(string operation) => operation == "GetHealthCheckStatus" ? healthCheckStatus : general;
}
