using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Tests.Failover;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Sandbox;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

/// <summary>The whole way: health checks of the sandbox, our client, our threshold, the gate.</summary>
public sealed class SandboxCheckersTests
{
    [Fact]
    public async Task Route_53_s_checkers_agree_that_a_dead_host_is_dead_and_disagree_while_it_serves()
    {
        using var folder = new TemporaryFolder();
        var inventory = new HostingInventory
        {
            Zone = "sites.example.net",
            Hosts = new[] { TestSites.DigitalOcean, TestSites.Linode }.ToDictionary(static host => host.Name),
            Policy = new FleetPolicy { MaxFailovers = 10, MaxFailoverPercent = 100 },
            Sites = [TestSites.Acme() with { Check = new HealthCheckPolicy { FailAfter = 2, ConfirmInterval = TimeSpan.FromMilliseconds(10) } }],
        };
        await using var sandbox = (RehearsalSandbox)await SandboxWorld.StartAsync(
            inventory,
            new SandboxOptions { Timings = new SandboxTimings { CheckerInterval = TimeSpan.FromMilliseconds(80) }, Throttling = new SandboxThrottling { Enabled = false } },
            CancellationToken.None);
        using var connection = new AwsConnection(sandbox.Inventory.Aws, new Amazon.Runtime.BasicAWSCredentials("x", "y"));
        var made = await connection.Route53.CreateHealthCheckAsync(new CreateHealthCheckRequest
        {
            CallerReference = "one",
            HealthCheckConfig = new HealthCheckConfig(HealthCheckType.HTTPS) { IPAddress = "203.0.113.10", FullyQualifiedDomainName = "www.acme.example", Port = 443 },
        });

        var serves = await UntilAsync("route53: serves");
        Assert.Contains("route53: serves (0 of 16 fresh observations from 8 regions fail", serves.Reason, StringComparison.Ordinal);
        Assert.Equal(GateOutcome.Refused, serves.Outcome);

        sandbox.StopHost("do-1");
        var down = await UntilAsync("route53: down (16 of 16");
        Assert.True(down.Outcome == GateOutcome.Passed, down.Reason);
        Assert.Contains("route53: down (16 of 16 fresh observations from 8 regions fail", down.Reason, StringComparison.Ordinal);

        // The checkers look when their turns come, and on a busy machine these come late.
        async Task<FailoverGate> UntilAsync(string said)
        {
            var gate = await GateAsync();
            for (var tries = 0; tries < 200 && !gate.Reason.Contains(said, StringComparison.Ordinal); tries++)
            {
                await Task.Delay(200);
                gate = await GateAsync();
            }

            return gate;
        }

        async Task<FailoverGate> GateAsync()
        {
            await using var workspace = HostingWorkspace.Open(
                sandbox.Inventory with
                {
                    Witnesses = new WitnessSettings { Route53 = new Route53WitnessSettings() },
                    Sites = [.. sandbox.Inventory.Sites.Select(site => site with { HealthChecks = new Dictionary<string, string> { ["do-1"] = made.HealthCheck.Id } })],
                },
                new WorkspaceOptions { StatePath = folder.Combine("state.db") },
                SilentReporter.Instance);
            var plan = Assert.Single(await workspace.PlanAsync());
            return plan.Gates.Single(static gate => gate.Name == GateName.WitnessQuorum);
        }
    }
}
