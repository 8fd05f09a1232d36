using Amazon.Route53.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Watch.Witnesses.Route53;

/// <summary>Reads health checks from Route 53.</summary>
/// <param name="aws">The connection, made on first use.</param>
internal sealed class Route53HealthChecks(Func<AwsConnection> aws) : IHealthCheckSource
{
    /// <inheritdoc/>
    public async Task<HealthCheckConfig> ConfigurationAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            () => aws().Route53.GetHealthCheckAsync(new GetHealthCheckRequest { HealthCheckId = id }, cancellationToken),
            id, "route53:GetHealthCheck", cancellationToken).ConfigureAwait(false);
        return answer.HealthCheck.HealthCheckConfig;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckerObservation>> ObservationsAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            () => aws().Route53.GetHealthCheckStatusAsync(new GetHealthCheckStatusRequest { HealthCheckId = id }, cancellationToken),
            id, "route53:GetHealthCheckStatus", cancellationToken).ConfigureAwait(false);
        return [.. (answer.HealthCheckObservations ?? []).Select(Observation)];
    }

    private static async Task<T> CallAsync<T>(Func<Task<T>> call, string id, string action, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw AwsErrorTranslation.Translate(error, id, action);
        }
    }

    private static CheckerObservation Observation(HealthCheckObservation seen) => new(
        seen.Region?.Value ?? "",
        seen.StatusReport?.Status ?? "",
        seen.StatusReport?.CheckedTime is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at.ToUniversalTime(), DateTimeKind.Utc)) : null);
}
