namespace HostingOps.Sandbox.Route53;

/// <summary>The record sets of an inventory in good times: every site's record points at its primary host.</summary>
internal static class ZoneSeed
{
    /// <summary>Makes a zone for each one that sites are in, with their records.</summary>
    /// <returns>The id of the inventory's own zone.</returns>
    public static string Plant(Route53Store store, HostingInventory inventory)
    {
        var zoneIds = inventory.Sites
            .Select(site => site.Zone)
            .Prepend(inventory.Zone)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                zone => zone,
                zone => store.CreateZone(RecordName.Parse(zone), "hostingops-sandbox-" + zone, "HostingOps sandbox").Zone.Id,
                StringComparer.OrdinalIgnoreCase);
        foreach (var sites in inventory.Sites.GroupBy(site => zoneIds[site.Zone]))
        {
            store.Seed(sites.Key, sites.SelectMany(RecordsOf));
        }

        return zoneIds[inventory.Zone];
    }

    private static IEnumerable<RecordSet> RecordsOf(HostedSite site)
    {
        var host = site.Primary;
        (string Type, string? Value)[] records = host.Cname is null
            ? [("A", host.Address), ("AAAA", host.AddressV6)]
            : [("CNAME", host.Cname)];
        return records.Where(record => record.Value is not null).Select(record => new RecordSet
        {
            Name = RecordName.Parse(site.Record),
            Type = record.Type,
            Ttl = site.Ttl,
            Values = [record.Value!],
        });
    }
}
