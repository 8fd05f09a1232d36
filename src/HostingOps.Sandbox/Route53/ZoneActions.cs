using System.Globalization;
using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The actions on hosted zones.</summary>
internal sealed class ZoneActions(Route53Store store)
{
    private const int MostPerPage = 100;

    /// <summary>ListHostedZones.</summary>
    public XElement List(QueryString query)
    {
        var most = query.MaxItems(MostPerPage);
        var marker = query["marker"];
        if (marker is not null && store.Zones.All(zone => zone.Id != marker))
        {
            throw new ApiException(400, "InvalidInput", $"The specified marker '{marker}' is not valid.");
        }

        var rest = store.Zones.SkipWhile(zone => marker is not null && zone.Id != marker).ToList();
        var isTruncated = rest.Count > most;
        return new XElement(
            "ListHostedZonesResponse",
            new XElement("HostedZones", rest.Take(most).Select(Write)),
            new XElement("Marker", marker ?? ""),
            new XElement("IsTruncated", isTruncated),
            isTruncated ? new XElement("NextMarker", rest[most].Id) : null,
            new XElement("MaxItems", most));
    }

    /// <summary>ListHostedZonesByName.</summary>
    public XElement ListByName(QueryString query)
    {
        var most = query.MaxItems(MostPerPage);
        var (name, id) = (query["dnsname"], query["hostedzoneid"]);
        if (id is not null && name is null)
        {
            throw new ApiException(400, "InvalidInput", "The hostedzoneid parameter needs the dnsname parameter.");
        }

        var from = name is null ? null : ParseName(name).SortKey;
        var rest = store.Zones
            .OrderBy(zone => zone.Name.SortKey, StringComparer.Ordinal)
            .ThenBy(zone => zone.Id, StringComparer.Ordinal)
            .Where(zone => from is null || IsFrom(zone, from, id))
            .ToList();
        var next = rest.Count > most ? rest[most] : null;
        return new XElement(
            "ListHostedZonesByNameResponse",
            new XElement("HostedZones", rest.Take(most).Select(Write)),
            name is null ? null : new XElement("DNSName", name),
            id is null ? null : new XElement("HostedZoneId", id),
            new XElement("IsTruncated", next is not null),
            next is null ? null : new XElement("NextDNSName", next.Name.Text),
            next is null ? null : new XElement("NextHostedZoneId", next.Id),
            new XElement("MaxItems", most));
    }

    /// <summary>GetHostedZone.</summary>
    public XElement Get(string zoneId) => new("GetHostedZoneResponse", Write(store.Zone(zoneId)), DelegationSet());

    /// <summary>CreateHostedZone.</summary>
    public XElement Create(byte[] body, out string zoneId)
    {
        var request = Route53Xml.Read(body, "CreateHostedZoneRequest", "The request");
        var name = ParseName(Route53Xml.Required(request, "Name"));
        var reference = Route53Xml.Required(request, "CallerReference");
        if (reference.Length is 0 or > 128)
        {
            throw Route53Xml.Constraint(reference, "callerReference", "Member must have length between 1 and 128");
        }

        if (request.Element(Route53Xml.Namespace + "VPC") is not null)
        {
            throw new ApiException(400, "InvalidInput", "The sandbox has public hosted zones only; leave VPC away.");
        }

        var config = request.Element(Route53Xml.Namespace + "HostedZoneConfig");
        var (zone, change) = store.CreateZone(name, reference, config is null ? null : Route53Xml.Optional(config, "Comment"));
        zoneId = zone.Id;
        return new XElement("CreateHostedZoneResponse", Write(zone), RecordActions.Write(change, store.TimeProvider.GetUtcNow()), DelegationSet());
    }

    /// <summary>DeleteHostedZone.</summary>
    public async Task<XElement> DeleteAsync(string zoneId, CancellationToken cancellationToken)
    {
        var change = await store.DeleteZoneAsync(zoneId, cancellationToken).ConfigureAwait(false);
        return new XElement("DeleteHostedZoneResponse", RecordActions.Write(change, store.TimeProvider.GetUtcNow()));
    }

    private static bool IsFrom(HostedZone zone, string sortKey, string? id)
    {
        var order = string.CompareOrdinal(zone.Name.SortKey, sortKey);
        return order > 0 || (order == 0 && (id is null || string.CompareOrdinal(zone.Id, id) >= 0));
    }

    private static XElement Write(HostedZone zone) => new(
        "HostedZone",
        new XElement("Id", "/hostedzone/" + zone.Id),
        new XElement("Name", zone.Name.Text),
        new XElement("CallerReference", zone.CallerReference),
        new XElement(
            "Config",
            zone.Comment is null ? null : new XElement("Comment", zone.Comment),
            new XElement("PrivateZone", false)),
        new XElement("ResourceRecordSetCount", zone.Records.Count.ToString(CultureInfo.InvariantCulture)));

    private static XElement DelegationSet() => new(
        "DelegationSet",
        new XElement("NameServers", HostedZone.NameServers.Select(server => new XElement("NameServer", server))));

    private static RecordName ParseName(string text)
    {
        try
        {
            return RecordName.Parse(text);
        }
        catch (RecordNameException error)
        {
            throw new ApiException(400, "InvalidDomainName", error.Message);
        }
    }
}
