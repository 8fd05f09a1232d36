using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Route53;

namespace HostingOps.Aws.Tests.Moto;

/// <summary>What the checkers saw, read from an emulator that others wrote.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class HealthCheckStatusTests : IDisposable
{
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [SkippableFact]
    public async Task Observations_are_read_with_region_words_and_time()
    {
        await using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = moto.Url });
        var made = await connection.Route53.CreateHealthCheckAsync(new CreateHealthCheckRequest
        {
            CallerReference = "ref-9",
            HealthCheckConfig = new HealthCheckConfig(HealthCheckType.HTTPS) { IPAddress = "203.0.113.10", FullyQualifiedDomainName = "www.acme.example", Port = 443, RequestInterval = 10 },
        });
        var checks = new Route53HealthChecks(() => connection);

        var config = await checks.ConfigurationAsync(made.HealthCheck.Id, CancellationToken.None);
        Assert.Equal(("203.0.113.10", "www.acme.example"), (config.IPAddress, config.FullyQualifiedDomainName));
        var observations = await checks.ObservationsAsync(made.HealthCheck.Id, CancellationToken.None);
        Assert.NotEmpty(observations);
        Assert.All(observations, static seen => Assert.NotEmpty(seen.Region));
        Assert.All(observations, static seen => Assert.StartsWith("Success", seen.Status, StringComparison.Ordinal));
        Assert.All(observations, static seen => Assert.NotNull(seen.CheckedAt));

        var missing = await Assert.ThrowsAsync<HostingException>(() => checks.ObservationsAsync("00000000-0000-0000-0000-000000000000", CancellationToken.None));
        Assert.NotEqual(ErrorIds.Unexpected, missing.ErrorId);
        Assert.Equal(WitnessAnswer.Unknown, CheckerJudgement.Judge([], new Route53WitnessSettings(), TimeSpan.FromSeconds(10), DateTimeOffset.UtcNow).Answer);
    }
}
