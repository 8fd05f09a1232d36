using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.ZoneFiles.Import;
using HostingOps.Testing;

namespace HostingOps.Aws.Tests.Moto;

/// <summary>Zones in files between two emulators that others wrote: what they list is what goes into the file and out of it.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class MotoZoneFileTests : IDisposable
{
    private readonly EnvironmentScope environment = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        environment.Dispose();
        folder.Dispose();
    }

    [SkippableFact]
    public async Task A_zone_goes_into_a_file_and_into_another_account()
    {
        await using var here = await MotoServer.StartAsync();
        await using var there = await MotoServer.StartAsync();
        var zoneId = await CreateAsync(here.Url);
        await CreateAsync(there.Url);
        using (var connection = new AwsConnection(new AwsSettings { EndpointUrl = here.Url }))
        {
            await connection.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest(zoneId, new ChangeBatch(
            [
                Create("\\052.sites.example.net.", RRType.A, "192.0.2.1", "192.0.2.2"),
                Create("txt.sites.example.net.", RRType.TXT, "\"a;\\\"b\\\" \\303\\244\"", $"\"{new string('k', 255)}\" \"end\""),
                Create("caa.sites.example.net.", RRType.CAA, "0 issue \"ca.example\""),
                Weighted("blue", 1, "192.0.2.3"),
                Weighted("green", 9, "192.0.2.4"),
            ])));
        }

        foreach (var format in new[] { ZoneFileFormat.Bind, ZoneFileFormat.Yaml })
        {
            await using var from = Open(here.Url);
            await using var to = Open(there.Url);
            var export = await from.ExportZoneAsync(null, format, CancellationToken.None);
            Assert.True(export.IsSnapshot);
            var options = new ZoneImportOptions { Path = folder.Write("zone", export.Text), Format = format };
            Assert.Empty((await from.PlanImportAsync(options, CancellationToken.None)).Changes);
            var plan = await to.PlanImportAsync(options, CancellationToken.None);
            await foreach (var result in to.ZoneChanges.ApplyAsync(plan, new ZoneChangeOptions { Verify = false }, CancellationToken.None))
            {
                Assert.Null(result.ErrorId);
            }

            Assert.Equal(await RecordsAsync(from), await RecordsAsync(to));
        }
    }

    private HostingWorkspace Open(string url) => HostingWorkspace.Open(
        new HostingInventory { Zone = "sites.example.net", Aws = new AwsSettings { EndpointUrl = url } },
        new WorkspaceOptions { StatePath = folder.Combine(new Uri(url).Port + ".db") },
        SilentReporter.Instance);

    // Each emulator makes SOA and NS of its own.
    private static async Task<IEnumerable<string>> RecordsAsync(HostingWorkspace workspace) =>
        (await workspace.ReadZoneAsync(null, CancellationToken.None))
            .Where(static set => set.Type is not ("SOA" or "NS"))
            .Select(static set => System.Text.Json.JsonSerializer.Serialize(set)).Order(StringComparer.Ordinal);

    private static async Task<string> CreateAsync(string url)
    {
        using var connection = new AwsConnection(new AwsSettings { EndpointUrl = url });
        return (await connection.Route53.CreateHostedZoneAsync(new CreateHostedZoneRequest("sites.example.net", "ref-1"))).HostedZone.Id;
    }

    private static Change Create(string name, RRType type, params string[] values) => new(ChangeAction.CREATE, new ResourceRecordSet
    {
        Name = name,
        Type = type,
        TTL = 60,
        ResourceRecords = [.. values.Select(static value => new ResourceRecord { Value = value })],
    });

    private static Change Weighted(string identifier, long weight, string value)
    {
        var change = Create("lb.sites.example.net.", RRType.A, value);
        change.ResourceRecordSet.SetIdentifier = identifier;
        change.ResourceRecordSet.Weight = weight;
        return change;
    }
}
