using System.Text.Json;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Inventory.Reading;
using HostingOps.Engine.Inventory.Writing;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("module", "hosting.schema.json"))).RootElement;

    public static TheoryData<string> Definitions => [.. InventoryKeys.All.Select(static keys => keys.Definition)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void The_schema_has_exactly_the_keys_that_the_reader_knows(string definition)
    {
        var keys = InventoryKeys.All.Single(candidate => candidate.Definition == definition);
        var schema = Definition(definition);

        Assert.Equal(keys.Keys, schema.GetProperty("properties").EnumerateObject().Select(static property => property.Name));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Every_mapping_of_the_schema_is_one_that_the_reader_knows()
    {
        var mappings = Schema.GetProperty("definitions").EnumerateObject()
            .Where(static definition => definition.Value.TryGetProperty("properties", out _))
            .Select(static definition => definition.Name);

        Assert.Equal(InventoryKeys.All.Select(static keys => keys.Definition).Where(static name => name.Length > 0).Order(), mappings.Order());
    }

    [Fact]
    public void Every_key_has_a_description()
    {
        foreach (var definition in InventoryKeys.All.Select(static keys => Definition(keys.Definition)))
        {
            foreach (var property in definition.GetProperty("properties").EnumerateObject())
            {
                var described = property.Value.TryGetProperty("$ref", out var reference)
                    ? Definition(reference.GetString()!.Split('/')[^1])
                    : property.Value;
                if (property.Name != "version" || described.TryGetProperty("description", out _))
                {
                    Assert.False(string.IsNullOrWhiteSpace(described.GetProperty("description").GetString()), property.Name);
                }
            }
        }
    }

    [Fact]
    public void The_schemas_defaults_are_the_built_in_values()
    {
        foreach (var (key, value) in CheckText.Of(new HealthCheckPolicy()))
        {
            AssertDefault("check", key, value switch
            {
                "[200-299]" => "[\"200-299\"]",
                "{ failures: 6, of: 10 }" => "{\"failures\":6,\"of\":10}",
                _ => value,
            });
        }

        foreach (var (key, value) in WrittenDefaults.PolicyOf(new SitePolicy()))
        {
            AssertDefault("sitePolicy", key, value);
        }

        var fleet = new FleetPolicy();
        AssertDefault("policy", "maxFailovers", $"{fleet.MaxFailovers}");
        AssertDefault("policy", "maxFailoverPercent", $"{fleet.MaxFailoverPercent}");
        AssertDefault("policy", "maxFailoversPerProvider", null);
        AssertDefault("policy", "window", DurationText.Format(fleet.Window));
        AssertDefault("policy", "maxFailingPercent", $"{fleet.MaxFailingPercent}");
        AssertDefault("maintenanceWindow", "timeZone", new MaintenanceWindow { Reason = "" }.TimeZone);
        AssertDefault("policy", "maxTtl", $"{fleet.MaxTtl}");
        AssertDefault("policy", "marker", "true");
        AssertDefault("hook", "timeout", DurationText.Format(new Hook { Argv = [] }.Timeout));
        AssertDefault("site", "ttl", "60");
        AssertDefault("defaults", "ttl", "60");
        AssertDefault("", "verifyDns", "true");
        AssertDefault("site", "apexRedirect", "true");
        foreach (var (key, _, builtIn) in ApexText.RedirectOf(ApexRedirectSettings.Default))
        {
            AssertDefault("apexRedirect", key, builtIn.Trim('"'));
        }

        foreach (var (key, _, builtIn) in DnsAuditText.All(DnsAuditSettings.Default).Where(static entry => entry.Key != "roots"))
        {
            AssertDefault("dnsAudit", key, builtIn.StartsWith('[') ? JsonSerializer.Serialize(builtIn.Trim('[', ']').Split(", ")) : builtIn);
        }

        AssertDefault("dnsAudit", "roots", null);
        var apex = new ApexSettings { ElasticIp = "198.51.100.99" };
        AssertDefault("apex", "configPath", apex.ConfigPath);
        AssertDefault("apex", "reload", JsonSerializer.Serialize(apex.Reload));
        AssertDefault("apex", "test", JsonSerializer.Serialize(apex.Test));
        AssertDefault("instance", "image", ApexInstanceSettings.Default.Image);
        foreach (var (key, value) in DynamicDnsText.Of(new DynamicDnsRecord { Record = "" }))
        {
            AssertDefault("dynamicDnsRecord", key, key == "families" ? "[\"ipv4\"]" : value);
        }

        foreach (var (key, value) in MirrorText.Values(MirrorSettings.Default))
        {
            AssertDefault("mirror", key, value switch
            {
                "[]" or "{}" => value,
                ['[', ..] => JsonSerializer.Serialize(value.Trim('[', ']').Split(", ").Select(static item => item.Trim('"'))),
                _ => value,
            });
        }

        AssertDefault("uplink", "reaction", "alert");
        AssertDefault("witnesses", "timeout", DurationText.Format(new WitnessSettings().Timeout));
        AssertDefault("witnesses", "quorum", null);
        AssertDefault("route53Witness", "failing", $"{new Route53WitnessSettings().Failing}");
        AssertDefault("route53Witness", "regions", $"{new Route53WitnessSettings().Regions}");
        AssertDefault("route53Witness", "maxAge", null);
        AssertDefault("notification", "preset", "generic");
        AssertDefault("notification", "minSeverity", "information");
        AssertDefault("notification", "resend", DurationText.Format(new NotificationChannel().Resend));
        AssertDefault("notification", "on", JsonSerializer.Serialize(NotificationReader.Events));
    }

    [Fact]
    public void Required_keys_are_those_that_the_reader_misses()
    {
        foreach (var keys in InventoryKeys.All)
        {
            var required = Definition(keys.Definition).TryGetProperty("required", out var names)
                ? names.EnumerateArray().Select(static name => name.GetString()!).Order().ToArray()
                : [];
            Assert.Equal(RequiredByReader.GetValueOrDefault(keys.Definition, []).Order(), required);
        }
    }

    private static readonly Dictionary<string, string[]> RequiredByReader = new()
    {
        [""] = Missing("x-a: 1\n"),
        ["host"] = Missing(InventoryYaml.With("provider: linode, ", "")),
        ["site"] = Missing(InventoryYaml.And("  beta: {}\n")),
        ["hook"] = Missing(InventoryYaml.Site("hooks: { after: [{}] }")),
        ["apex"] = Missing(InventoryYaml.And("apex: {}\n")),
        ["dynamicDnsRecord"] = Missing(InventoryYaml.And("dynamicDns: [{}]\n")),
        ["uplink"] = Missing(InventoryYaml.And("uplinks: { 4g: {} }\n")),
        ["maintenanceWindow"] = Missing(InventoryYaml.And("maintenance: [{}]\n")),
        ["witnessAgent"] = Missing(InventoryYaml.And("witnesses: { key: \"${K}\", agents: [{}] }\n")),
        ["notification"] = Missing(InventoryYaml.And("notifications: [{}]\n")),
        ["notificationMail"] = Missing(InventoryYaml.And("notifications: [{ mail: {} }]\n")),
    };

    private static string[] Missing(string yaml) => InventoryYaml.Parse(yaml).Findings
        .Where(static finding => finding.Code == "INV010")
        .Select(static finding => finding.Message.Split('\'')[^2])
        .ToArray();

    private static void AssertDefault(string definition, string key, string? expected)
    {
        var found = Definition(definition).GetProperty("properties").GetProperty(key).TryGetProperty("default", out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText().Replace("\n", "").Replace(" ", "")
            : null;
        Assert.Equal((key, expected), (key, found));
    }

    private static JsonElement Definition(string name) =>
        name.Length == 0 ? Schema : Schema.GetProperty("definitions").GetProperty(name);
}
