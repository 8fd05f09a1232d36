using System.Text.Json;
using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Route53;

public sealed class Health_checks_look_at_the_sites
{
    private static readonly SandboxOptions Quick = QuickSandbox.Options with
    {
        Timings = QuickSandbox.Options.Timings with { CheckerInterval = TimeSpan.FromMilliseconds(80) },
    };

    [SkippableFact]
    public async Task The_aws_CLI_reads_sixteen_checkers_that_see_what_the_sites_do()
    {
        RealPart.Require("aws");
        var inventory = SampleInventory.Create();
        var site = inventory.Sites[0];
        await using var sandbox = await QuickSandbox.StartAsync(inventory, Quick);
        var id = await CreateAsync(sandbox, "one", $"Type=HTTPS,IPAddress={site.Primary.Address},FullyQualifiedDomainName={site.HostName},Port=443,RequestInterval=10,FailureThreshold=1");

        var fine = await StatusAsync(sandbox, id);
        Assert.Equal(16, fine.Length);
        Assert.All(fine, static seen => Assert.Equal("Success: HTTP Status Code 200, OK", Text(seen)));
        Assert.Equal(8, fine.Select(static seen => seen.GetProperty("Region").GetString()).Distinct().Count());
        Assert.Equal(16, fine.Select(static seen => seen.GetProperty("IPAddress").GetString()).Distinct().Count());
        Assert.All(fine, static seen => Assert.InRange(
            DateTimeOffset.UtcNow - seen.GetProperty("StatusReport").GetProperty("CheckedTime").GetDateTimeOffset(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1)));

        sandbox.SetFault(site.Name, site.Primary.Name, SandboxFault.ServiceUnavailable);
        await Task.Delay(400);
        Assert.All(await StatusAsync(sandbox, id), static seen => Assert.Equal("Failure: HTTP Status Code 503, Service Unavailable", Text(seen)));

        sandbox.StopHost(site.Primary.Name);
        await Task.Delay(400);
        Assert.All(await StatusAsync(sandbox, id), static seen => Assert.StartsWith("Failure: Connection timed out.", Text(seen), StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task What_AWS_refuses_is_refused()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), Quick);
        Assert.Contains("(NoSuchHealthCheck)", (await AwsCli.RunAsync(sandbox.EndpointUrl, "route53", "get-health-check-status", "--health-check-id", "none")).Error, StringComparison.Ordinal);

        var other = await AwsCli.RunAsync(
            sandbox.EndpointUrl, "route53", "create-health-check", "--caller-reference", "x", "--health-check-config", "Type=TCP,IPAddress=203.0.113.10,Port=443,RequestInterval=20");
        Assert.Contains("(InvalidInput)", other.Error, StringComparison.Ordinal);

        var calculated = await CreateAsync(sandbox, "sum", "Type=CALCULATED,HealthThreshold=1");
        Assert.Contains("(InvalidInput)", (await AwsCli.RunAsync(sandbox.EndpointUrl, "route53", "get-health-check-status", "--health-check-id", calculated)).Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_status_has_a_bucket_of_its_own_of_four()
    {
        RealPart.Require("aws");
        var frozen = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), Quick with { Throttling = new SandboxThrottling(), TimeProvider = frozen });
        var id = await CreateAsync(sandbox, "one", "Type=TCP,IPAddress=203.0.113.10,Port=443");
        for (var i = 0; i < 4; i++)
        {
            await StatusAsync(sandbox, id);
        }

        Assert.Contains("(Throttling)", (await AwsCli.RunAsync(sandbox.EndpointUrl, "route53", "get-health-check-status", "--health-check-id", id)).Error, StringComparison.Ordinal);
        frozen.Advance(TimeSpan.FromSeconds(1));
        await StatusAsync(sandbox, id);
    }

    private static async Task<string> CreateAsync(RehearsalSandbox sandbox, string reference, string config) =>
        (await AwsCli.ExpectAsync(sandbox.EndpointUrl, "route53", "create-health-check", "--caller-reference", reference, "--health-check-config", config))
            .GetProperty("HealthCheck").GetProperty("Id").GetString()!;

    private static async Task<JsonElement[]> StatusAsync(RehearsalSandbox sandbox, string id) =>
        [.. (await AwsCli.ExpectAsync(sandbox.EndpointUrl, "route53", "get-health-check-status", "--health-check-id", id)).GetProperty("HealthCheckObservations").EnumerateArray()];

    private static string Text(JsonElement seen) => seen.GetProperty("StatusReport").GetProperty("Status").GetString()!;
}
