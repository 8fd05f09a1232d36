using System.Globalization;
using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>Reads and writes ResourceRecordSet elements, and refuses what breaks the API's model (InvalidInput).</summary>
internal static class RecordSetXml
{
    private static readonly string[] Types =
    [
        "SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS", "TLSA", "SSHFP", "SVCB", "HTTPS",
    ];

    private static readonly string[] Known =
    [
        "Name", "Type", "SetIdentifier", "TTL", "ResourceRecords", "AliasTarget", "HealthCheckId", "TrafficPolicyInstanceId",
        .. RecordSet.RoutingFields,
    ];

    /// <summary>Reads a change's record set.</summary>
    /// <param name="element">The ResourceRecordSet element.</param>
    /// <param name="action">The change's action, for messages.</param>
    /// <param name="position">The change's place in the batch, from 1, for messages.</param>
    /// <exception cref="ApiException">InvalidInput, InvalidChangeBatch.</exception>
    public static RecordSet Read(XElement element, string action, int position)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"changeBatch.changes.{position}.member.resourceRecordSet");
        if (element.Elements().FirstOrDefault(child => !Known.Contains(child.Name.LocalName)) is { } unknown)
        {
            throw new ApiException(400, "InvalidInput", $"Invalid XML ; the element '{unknown.Name.LocalName}' is not expected in ResourceRecordSet");
        }

        var nameText = Bounded(Route53Xml.Required(element, "Name"), path + ".name", 0, 1024);
        var type = Route53Xml.Required(element, "Type");
        if (!Types.Contains(type, StringComparer.Ordinal))
        {
            throw Route53Xml.Constraint(type, path + ".type", $"Member must satisfy enum value set: [{string.Join(", ", Types)}]");
        }

        var identifier = Route53Xml.Optional(element, "SetIdentifier");
        if (identifier is not null)
        {
            Bounded(identifier, path + ".setIdentifier", 1, 128);
        }

        Route53Xml.Number(element, "Weight", path + ".weight", 0, 255);
        Route53Xml.Boolean(element, "MultiValueAnswer");
        var failover = Route53Xml.Optional(element, "Failover");
        if (failover is not (null or "PRIMARY" or "SECONDARY"))
        {
            throw Route53Xml.Constraint(failover, path + ".failover", "Member must satisfy enum value set: [PRIMARY, SECONDARY]");
        }

        var ttl = Route53Xml.Number(element, "TTL", path + ".tTL", 0, 2147483647);
        var records = element.Element(Route53Xml.Namespace + "ResourceRecords");
        var alias = element.Element(Route53Xml.Namespace + "AliasTarget");
        var where = $"Change with [Action={action}, Name={nameText}, Type={type}, SetIdentifier={identifier ?? "null"}]";
        CheckKind(ttl, records, alias, Route53Xml.Optional(element, "TrafficPolicyInstanceId"), where);
        var routing = ReadRouting(element, identifier, where);
        return new RecordSet
        {
            Name = ParseName(nameText),
            Type = type,
            SetIdentifier = identifier,
            Ttl = ttl,
            Values = records is null ? [] : ReadValues(records, path),
            Alias = alias is null ? null : ReadAlias(alias),
            Routing = routing,
            HealthCheckId = Route53Xml.Optional(element, "HealthCheckId"),
            TrafficPolicyInstanceId = Route53Xml.Optional(element, "TrafficPolicyInstanceId"),
        };
    }

    /// <summary>Writes a record set in the order of the API's model.</summary>
    public static XElement Write(RecordSet set) => new(
        "ResourceRecordSet",
        new XElement("Name", set.Name.Text),
        new XElement("Type", set.Type),
        Text("SetIdentifier", set.SetIdentifier),
        RecordSet.RoutingFields.Take(5).Select(set.Routing.GetValueOrDefault),
        Text("TTL", set.Ttl?.ToString(CultureInfo.InvariantCulture)),
        set.Values.Count == 0
            ? null
            : new XElement("ResourceRecords", set.Values.Select(value => new XElement("ResourceRecord", new XElement("Value", value)))),
        set.Alias is null
            ? null
            : new XElement(
                "AliasTarget",
                new XElement("HostedZoneId", set.Alias.HostedZoneId),
                new XElement("DNSName", set.Alias.DnsName.Text),
                new XElement("EvaluateTargetHealth", set.Alias.EvaluateTargetHealth)),
        Text("HealthCheckId", set.HealthCheckId),
        Text("TrafficPolicyInstanceId", set.TrafficPolicyInstanceId),
        RecordSet.RoutingFields.Skip(5).Select(set.Routing.GetValueOrDefault));

    private static XElement? Text(string name, string? value) => value is null ? null : new XElement(name, value);

    private static void CheckKind(long? ttl, XElement? records, XElement? alias, string? trafficPolicy, string where)
    {
        var kinds = (alias is null ? 0 : 1) + (ttl is null && records is null ? 0 : 1) + (trafficPolicy is null ? 0 : 1);
        var isHalf = ttl is null != records is null;
        if (kinds != 1 || isHalf)
        {
            throw new ApiException(
                400,
                "InvalidInput",
                "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], "
                    + $"but found {(kinds > 1 ? "more than one" : "none")} in {where}");
        }
    }

    private static Dictionary<string, XElement> ReadRouting(XElement element, string? identifier, string where)
    {
        var routing = RecordSet.RoutingFields
            .Select(field => element.Element(Route53Xml.Namespace + field))
            .OfType<XElement>()
            .ToDictionary(field => field.Name.LocalName, Bare);
        if (routing.Count > 0 && identifier is null)
        {
            throw new ApiException(400, "InvalidInput", $"Invalid request: Missing field 'SetIdentifier' in {where}");
        }

        if (identifier is not null && routing.Count != 1)
        {
            throw new ApiException(
                400,
                "InvalidInput",
                $"Invalid request: Expected exactly one of [{string.Join(", ", RecordSet.RoutingFields)}], "
                    + $"but found {(routing.Count == 0 ? "none" : "more than one")} in {where}");
        }

        return routing;
    }

    private static List<string> ReadValues(XElement records, string path)
    {
        var values = records.Elements(Route53Xml.Namespace + "ResourceRecord").Select(record => Route53Xml.Required(record, "Value")).ToList();
        if (values.Count == 0)
        {
            throw Route53Xml.Constraint("[]", path + ".resourceRecords", "Member must have length greater than or equal to 1");
        }

        for (var index = 0; index < values.Count; index++)
        {
            Bounded(values[index], string.Create(CultureInfo.InvariantCulture, $"{path}.resourceRecords.{index + 1}.member.value"), 0, 4000);
        }

        return values;
    }

    private static AliasTarget ReadAlias(XElement alias) => new(
        Route53Xml.Required(alias, "HostedZoneId").Replace("/hostedzone/", "", StringComparison.Ordinal),
        ParseName(Route53Xml.Required(alias, "DNSName")),
        Route53Xml.Boolean(alias, "EvaluateTargetHealth")
            ?? throw new ApiException(400, "InvalidInput", "Invalid XML ; the element 'EvaluateTargetHealth' is missing in 'AliasTarget'"));

    private static RecordName ParseName(string text)
    {
        try
        {
            return RecordName.Parse(text);
        }
        catch (RecordNameException error)
        {
            throw new ApiException(400, "InvalidChangeBatch", $"[{error.Message}]");
        }
    }

    private static string Bounded(string value, string path, int minimum, int maximum) =>
        value.Length < minimum ? throw Route53Xml.Constraint(value, path, $"Member must have length greater than or equal to {minimum}")
        : value.Length > maximum ? throw Route53Xml.Constraint(value, path, $"Member must have length less than or equal to {maximum}")
        : value;

    private static XElement Bare(XElement element) => new(
        element.Name.LocalName,
        element.HasElements ? element.Elements().Select(Bare) : element.Value);
}
