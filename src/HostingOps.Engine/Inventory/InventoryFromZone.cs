using System.Globalization;
using System.Text;
using HostingOps.Engine.Inventory.Reading;
using HostingOps.Engine.Inventory.Writing;

namespace HostingOps.Engine.Inventory;

/// <summary>Makes a first inventory from the records of an existing Route 53 zone.</summary>
public static class InventoryFromZone
{
    private const string FillIn = "FILL IN";

    /// <summary>
    /// YAML that loads without errors: a site for each name with one simple A, AAAA or CNAME record set, a host for each distinct
    /// address. What DNS does not tell (providers, domains, the second host) is guessed and marked <c>FILL IN</c>; names that cannot
    /// be switched are listed in comments.
    /// </summary>
    /// <param name="zoneName">The hosted zone's name.</param>
    /// <param name="recordSets">All record sets of the zone; other types than A, AAAA and CNAME are passed over.</param>
    /// <param name="schema">Path (from the inventory) or address of the JSON Schema, for the editor's sake.</param>
    /// <param name="aws">How the zone was reached, to be written down; null writes nothing.</param>
    /// <exception cref="HostingException">InvalidArgument: the zone's name is no zone's name.</exception>
    public static string Create(
        string zoneName, IReadOnlyList<DnsRecordSet> recordSets, string schema = InventoryWriter.SchemaFileName, AwsSettings? aws = null)
    {
        ArgumentNullException.ThrowIfNull(zoneName);
        ArgumentNullException.ThrowIfNull(recordSets);
        ArgumentNullException.ThrowIfNull(schema);
        var zone = zoneName.TrimEnd('.').ToLowerInvariant();
        var labels = zone.Split('.');
        if (labels.Length < 2 || zone.Length > 253 || labels.Any(static label => DomainSyntax.ProblemOf(label, allowUnderscore: true) is not null))
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                zoneName,
                $"'{zoneName}' is no zone's name; one such as sites.example.net was expected.");
        }

        var survey = ZoneSurvey.Of(zone, recordSets);
        var hosts = WithPeer(survey.Hosts);
        var ttl = survey.Sites.Count == 0 ? 60 : survey.Sites.GroupBy(static site => site.Ttl).MaxBy(static group => group.Count())!.Key;
        var yaml = new StringBuilder();
        AppendHead(yaml, zone, schema, aws, ttl);
        AppendHosts(yaml, hosts);
        AppendSites(yaml, survey, hosts, ttl);
        AppendSkipped(yaml, survey.Skipped);
        return yaml.ToString();
    }

    private static void AppendHead(StringBuilder yaml, string zone, string schema, AwsSettings? aws, int ttl)
    {
        yaml.Append("# yaml-language-server: $schema=").Append(YamlText.Comment(schema)).Append('\n')
            .Append("#\n")
            .Append("# Made from the records of the zone ").Append(YamlText.Comment(zone)).Append(". DNS does not tell everything:\n")
            .Append("# search for ").Append(FillIn).Append(", then run Test-HostingInventory.\n")
            .Append("version: 1\n\n");
        var reached = InventoryWriter.Present(("profile", aws?.Profile), ("region", aws?.Region), ("endpointUrl", aws?.EndpointUrl));
        if (reached.Count > 0)
        {
            yaml.Append("aws: ").Append(YamlText.Map(reached)).Append("\n\n");
        }

        yaml.Append("zone: ").Append(YamlText.Scalar(zone)).Append("\n\n")
            .Append("defaults:\n")
            .Append(CultureInfo.InvariantCulture, $"  ttl: {ttl}\n")
            .Append("  check: { path: /, timeout: 5s, interval: 30s, failAfter: 3, recoverAfter: 2, expectStatus: [200-299] }\n\n");
    }

    private static void AppendHosts(StringBuilder yaml, IReadOnlyList<SurveyedHost> hosts)
    {
        yaml.Append("# ").Append(FillIn).Append(": the providers' names. A site's two hosts must be at different ones.\n").Append("hosts:\n");
        foreach (var host in hosts)
        {
            var entries = InventoryWriter.Present(
                ("provider", host.Provider), ("address", host.Address), ("addressV6", host.AddressV6), ("cname", host.Cname));
            yaml.Append("  ").Append(host.Name).Append(": ").Append(YamlText.Map(entries))
                .Append(host.Records == 0
                    ? $" # {FillIn}: a documentation address; write your second host's"
                    : string.Create(CultureInfo.InvariantCulture, $" # {FillIn}: provider; {host.Records} {(host.Records == 1 ? "record points" : "records point")} here"))
                .Append('\n');
        }

        yaml.Append('\n');
    }

    private static void AppendSites(StringBuilder yaml, ZoneSurvey survey, IReadOnlyList<SurveyedHost> hosts, int ttl)
    {
        yaml.Append("# ").Append(FillIn).Append(": each site's real domain, and whether the secondary is the right one.\n")
            .Append(survey.Sites.Count == 0 ? "sites: {}\n" : "sites:\n");
        foreach (var site in survey.Sites)
        {
            var secondary = hosts.Where(host => host != site.Host).MaxBy(static host => host.Records)!;
            // Known only now: a later name may have told the host's IPv6 address.
            var notes = site.Host.AddressV6 is not null && !site.HasIPv6
                ? site.Notes.Append($"it has no AAAA record, and {site.Host.Name} has an IPv6 address; a switch adds one")
                : site.Notes;
            foreach (var note in notes)
            {
                yaml.Append("  # ").Append(YamlText.Comment(site.Name)).Append(": ").Append(YamlText.Comment(note)).Append(".\n");
            }

            yaml.Append("  ").Append(YamlText.Scalar(site.Name)).Append(":\n")
                .Append("    domain: ").Append(YamlText.Scalar(site.Domain)).Append(" # ").Append(FillIn).Append('\n')
                .Append("    record: ").Append(SiteText.RecordOf(site.Record, site.Record[(site.Name.Length + 1)..])).Append('\n')
                .Append("    primary: ").Append(site.Host.Name).Append('\n')
                .Append("    secondary: ").Append(secondary.Name).Append(" # ").Append(FillIn).Append(": a guess\n");
            if (site.Ttl != ttl)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    ttl: {site.Ttl}\n");
            }
        }
    }

    private static void AppendSkipped(StringBuilder yaml, IReadOnlyList<string> skipped)
    {
        if (skipped.Count == 0)
        {
            return;
        }

        yaml.Append("\n# Left out:\n");
        foreach (var line in skipped)
        {
            yaml.Append("#   ").Append(YamlText.Comment(line)).Append('\n');
        }
    }

    // A pair needs two; the documentation addresses of RFC 5737 stand in for hosts that DNS does not show.
    private static List<SurveyedHost> WithPeer(IReadOnlyList<SurveyedHost> found)
    {
        var hosts = found.ToList();
        for (var number = hosts.Count + 1; number <= 2; number++)
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            var address = Enumerable.Range(1, 254)
                .Select(static last => string.Create(CultureInfo.InvariantCulture, $"192.0.2.{last}"))
                .First(candidate => !hosts.Exists(host => host.Address == candidate));
            hosts.Add(new SurveyedHost("host-" + name, "unknown-" + name) { Address = address });
        }

        return hosts;
    }
}
