using System.Text.Json;
using System.Text.Json.Nodes;
using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Dns.ZoneFiles.Import;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Route53;

/// <summary>The hard zone, put into one Route 53 by the real aws CLI, exported, imported into another one, and read there by the CLI again.</summary>
public sealed class Zones_in_files : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(ZoneFileFormat.Bind)]
    [InlineData(ZoneFileFormat.Yaml)]
    public async Task What_is_exported_here_and_imported_there_is_listed_alike_by_the_aws_CLI(ZoneFileFormat format)
    {
        RealPart.Require("aws");
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        var ids = await SeedAsync(here);
        var file = await ExportAsync(here, format);
        var early = await PlanAsync(there, file);
        Assert.Equal(2, early.Notices.Count(static notice => notice is { Kind: ZoneNoticeKind.Unsupported } && notice.Message.Contains("health check", StringComparison.Ordinal)));
        Assert.DoesNotContain(early.Changes, static change => change.Record is "weighted.hard.example.net" or "failover.hard.example.net");

        // Another account's health checks have other ids: the admin makes them, and writes their ids into the file.
        var idsThere = await CreateHealthChecksAsync(there);
        string Translated(string text) => text.Replace(ids[0], idsThere[0], StringComparison.Ordinal).Replace(ids[1], idsThere[1], StringComparison.Ordinal);
        Assert.Empty((await PlanAsync(here, file)).Changes);
        File.WriteAllText(file, Translated(await File.ReadAllTextAsync(file)));

        var plan = await PlanAsync(there, file);
        Assert.True(plan.Allowed);
        var results = await ApplyAsync(there, plan);

        Assert.All(results, static result => Assert.True(result.ErrorId is null, result.ToString()));
        Assert.Equal(Translated(await ListAsync(here)), await ListAsync(there));
        Assert.Empty((await PlanAsync(there, file)).Changes);
    }

    [SkippableFact]
    public async Task What_was_changed_since_is_put_back_and_taken_back_again()
    {
        RealPart.Require("aws");
        await using var here = await StartAsync();
        await SeedAsync(here);
        var file = await ExportAsync(here, ZoneFileFormat.Bind);
        var original = await ListAsync(here);
        await ChangeAsync(
            here,
            ("DELETE", HardZone.Sets.Single(static set => set is { Name: "www.hard.example.net" })),
            ("CREATE", new DnsRecordSet { Name = "www.hard.example.net", Type = "A", Ttl = 60, Values = ["192.0.2.77"] }),
            ("DELETE", HardZone.Sets.Single(static set => set.SetIdentifier == "off")),
            ("DELETE", HardZone.Sets.Single(static set => set is { Name: HardZone.Name, Type: "AAAA" })),
            ("CREATE", new DnsRecordSet { Name = "stranger.hard.example.net", Type = "A", Ttl = 60, Values = ["192.0.2.78"] }));
        var changed = await ListAsync(here);

        var careful = await PlanAsync(here, file);
        Assert.Equal(["hard.example.net", "weighted.hard.example.net", "www.hard.example.net"], careful.Changes.Select(static change => change.Record));
        Assert.Equal(ZoneNoticeKind.NotInFile, Assert.Single(careful.Notices).Kind);
        var swapped = careful.Changes[2];
        Assert.Equal(("A", "CNAME"), (Assert.Single(swapped.Before).Type, Assert.Single(swapped.After).Type));

        var results = await ApplyAsync(here, await PlanAsync(here, file, prune: true));
        Assert.All(results, static result => Assert.Null(result.ErrorId));
        Assert.Equal(original, await ListAsync(here));

        await using var workspace = Open(here);
        var undo = await workspace.ZoneChanges.PlanUndoAsync(results[0].OperationId, new ZoneChangePlanOptions(), CancellationToken.None);
        Assert.All(await ApplyAsync(here, undo), static result => Assert.Null(result.ErrorId));
        Assert.Equal(changed, await ListAsync(here));
    }

    [Fact]
    public async Task An_alias_within_the_zone_finds_its_target_in_the_rebuilt_zone()
    {
        await using var here = await StartAsync(1);
        await using var there = await StartAsync(2);
        DnsRecordSet[] sets =
        [
            new() { Name = "z.hard.example.net", Type = "A", Ttl = 60, Values = ["192.0.2.1"] },
            new() { Name = "a.hard.example.net", Type = "A", AliasTarget = "z.hard.example.net.", AliasZoneId = here.ZoneId, EvaluateTargetHealth = false },
        ];
        await using (var workspace = Open(here))
        {
            var plan = ZoneChangePlans.Create(
                ZoneChangeKind.Import,
                await workspace.ZoneNamedAsync(null, CancellationToken.None),
                2,
                [new DnsRecordChange { Record = "z.hard.example.net", Before = [], After = sets, Reason = "Seed." }],
                [],
                new ZoneChangePlanOptions(),
                DateTimeOffset.UtcNow,
                null);
            Assert.All(await ApplyAsync(here, plan), static result => Assert.Null(result.ErrorId));
        }

        var file = await ExportAsync(here, ZoneFileFormat.Bind);
        var moved = await PlanAsync(there, file);
        var together = Assert.Single(moved.Changes);
        Assert.Equal(there.ZoneId, together.After.Single(static set => set.AliasTarget is not null).AliasZoneId);
        Assert.All(await ApplyAsync(there, moved), static result => Assert.Null(result.ErrorId));
        Assert.Empty((await PlanAsync(there, file)).Changes);
    }

    private static Task<RehearsalSandbox> StartAsync(int? seed = null) => QuickSandbox.StartAsync(
        SampleInventory.Create() with { Zone = HardZone.Name, Sites = [], Apex = null }, QuickSandbox.Options with { Random = seed is { } fixedSeed ? new Random(fixedSeed) : new Random() });

    private static async Task<string[]> CreateHealthChecksAsync(RehearsalSandbox sandbox)
    {
        var ids = new List<string>();
        foreach (var reference in new[] { "one", "two" })
        {
            var made = await AwsCli.ExpectAsync(
                sandbox.EndpointUrl, "route53", "create-health-check", "--caller-reference", reference, "--health-check-config", "Type=TCP,IPAddress=192.0.2.1,Port=80");
            ids.Add(made.GetProperty("HealthCheck").GetProperty("Id").GetString()!);
        }

        return [.. ids];
    }

    private HostingWorkspace Open(RehearsalSandbox sandbox) => HostingWorkspace.Open(
        sandbox.Inventory, new WorkspaceOptions { StatePath = folder.Combine(new Uri(sandbox.EndpointUrl).Port + ".db") }, SilentReporter.Instance);

    private async Task<string> ExportAsync(RehearsalSandbox sandbox, ZoneFileFormat format)
    {
        await using var workspace = Open(sandbox);
        var export = await workspace.ExportZoneAsync(null, format, CancellationToken.None);
        Assert.True(export.IsSnapshot);
        return folder.Write("zone", export.Text);
    }

    private async Task<ZoneChangePlan> PlanAsync(RehearsalSandbox sandbox, string file, bool prune = false)
    {
        await using var workspace = Open(sandbox);
        return await workspace.PlanImportAsync(new ZoneImportOptions { Path = file, Prune = prune, IncludeApex = ["SOA", "NS"] }, CancellationToken.None);
    }

    private async Task<IReadOnlyList<DnsRecordChangeResult>> ApplyAsync(RehearsalSandbox sandbox, ZoneChangePlan plan)
    {
        await using var workspace = Open(sandbox);
        var results = new List<DnsRecordChangeResult>();
        await foreach (var result in workspace.ZoneChanges.ApplyAsync(plan, new ZoneChangeOptions { VerifyTimeout = TimeSpan.FromSeconds(10) }, CancellationToken.None))
        {
            results.Add(result);
        }

        return results;
    }

    private async Task<string[]> SeedAsync(RehearsalSandbox sandbox)
    {
        var apex = await AwsCli.ExpectAsync(
            sandbox.EndpointUrl, "route53", "list-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--query", "ResourceRecordSets[?Type=='SOA' || Type=='NS']");
        var changes = new JsonArray([.. apex.EnumerateArray().Select(static set => Change("DELETE", JsonNode.Parse(set.GetRawText())!))]);
        var ids = await CreateHealthChecksAsync(sandbox);
        var checks = new Queue<string>(ids);
        foreach (var set in HardZone.Sets)
        {
            changes.Add(Change("CREATE", ToJson(set.HealthCheckId is null ? set : set with { HealthCheckId = checks.Dequeue() })));
        }

        await SendAsync(sandbox, changes);
        return ids;
    }

    private Task ChangeAsync(RehearsalSandbox sandbox, params (string Action, DnsRecordSet Set)[] changes) =>
        SendAsync(sandbox, new JsonArray([.. changes.Select(static change => Change(change.Action, ToJson(change.Set)))]));

    private async Task SendAsync(RehearsalSandbox sandbox, JsonArray changes)
    {
        var batch = folder.Write("batch.json", new JsonObject { ["Changes"] = changes }.ToJsonString());
        await AwsCli.ExpectAsync(
            sandbox.EndpointUrl, "route53", "change-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--change-batch", "file://" + batch);
    }

    private static async Task<string> ListAsync(RehearsalSandbox sandbox) => JsonSerializer.Serialize(
        await AwsCli.ExpectAsync(sandbox.EndpointUrl, "route53", "list-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId),
        new JsonSerializerOptions { WriteIndented = true });

    private static JsonObject Change(string action, JsonNode set) => new() { ["Action"] = action, ["ResourceRecordSet"] = set };

    // By hand and not by our own mapping, which the listing is to judge.
    private static JsonObject ToJson(DnsRecordSet set)
    {
        var json = new JsonObject { ["Name"] = Route53Name.Encode(set.Name), ["Type"] = set.Type };
        Add("SetIdentifier", set.SetIdentifier);
        Add("Weight", set.Routing?.Weight);
        Add("Region", set.Routing?.Region);
        Add("Failover", set.Routing?.Failover);
        Add("MultiValueAnswer", set.Routing?.MultiValueAnswer);
        Add("GeoLocation", Group(("ContinentCode", set.Routing?.GeoContinent), ("CountryCode", set.Routing?.GeoCountry), ("SubdivisionCode", set.Routing?.GeoSubdivision)));
        Add("CidrRoutingConfig", Group(("CollectionId", set.Routing?.CidrCollectionId), ("LocationName", set.Routing?.CidrLocation)));
        Add("GeoProximityLocation", Group(
            ("AWSRegion", set.Routing?.ProximityRegion),
            ("Bias", set.Routing?.ProximityBias),
            ("Coordinates", Group(("Latitude", set.Routing?.ProximityLatitude), ("Longitude", set.Routing?.ProximityLongitude)))));
        Add("HealthCheckId", set.HealthCheckId);
        Add("TTL", set.Ttl);
        Add("ResourceRecords", set.Values.Count == 0 ? null : new JsonArray([.. set.Values.Select(static value => new JsonObject { ["Value"] = value })]));
        Add("AliasTarget", set.AliasTarget is null ? null : Group(("DNSName", set.AliasTarget), ("HostedZoneId", set.AliasZoneId), ("EvaluateTargetHealth", set.EvaluateTargetHealth)));
        return json;

        void Add(string key, JsonNode? value)
        {
            if (value is not null)
            {
                json[key] = value;
            }
        }
    }

    private static JsonObject? Group(params (string Key, JsonNode? Value)[] fields)
    {
        var present = fields.Where(static field => field.Value is not null).ToArray();
        return present.Length == 0 ? null : new JsonObject(present.Select(static field => KeyValuePair.Create(field.Key, field.Value)));
    }
}
