namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>All rules together. Pure: the same observations give the same audit.</summary>
internal static class SiteDnsRules
{
    /// <summary>Judges what was seen of one site.</summary>
    public static SiteDnsAudit Judge(AuditContext context)
    {
        var site = context.Facts.Site;
        var findings = NameRules.Judge(context)
            .Concat(AddressRules.Judge(context))
            .Concat(ChainRules.Judge(context))
            .Concat(RecordRules.Judge(context))
            .Concat(ZoneRules.Judge(context))
            .Concat(DnssecRules.Judge(context))
            .Concat(CaaRules.Judge(context))
            .Concat(ResolverRules.Judge(context))
            .OrderBy(static finding => Rank(finding.Severity))
            .ToList();
        var chain = context.Facts.Www.Chain;
        return new SiteDnsAudit
        {
            SiteName = site.Name,
            Domain = site.Domain,
            Record = site.Record,
            Status = Worst(findings),
            Findings = findings,
            Chain = chain.Hops.Select(static hop => hop.Name.ToLower().ToString()).ToList(),
            Addresses = chain.Addresses.Select(static address => address.ToString()).Order(StringComparer.Ordinal).ToList(),
            RecordTtl = RecordRules.RecordTtl(context.Facts),
            LongestTtl = RecordRules.LongestTtl(context.Facts),
            CheckedAt = context.Now,
            InventoryPath = site.InventoryPath,
        };
    }

    /// <summary>The worst of the findings.</summary>
    public static SiteDnsStatus Worst(IEnumerable<SiteDnsFinding> findings) =>
        findings.Select(static finding => Rank(finding.Severity)).DefaultIfEmpty(int.MaxValue).Min() switch
        {
            0 => SiteDnsStatus.Failed,
            1 => SiteDnsStatus.Unknown,
            2 => SiteDnsStatus.Warning,
            _ => SiteDnsStatus.Passed,
        };

    private static int Rank(SiteDnsSeverity severity) => severity switch
    {
        SiteDnsSeverity.Error => 0,
        SiteDnsSeverity.Unknown => 1,
        SiteDnsSeverity.Warning => 2,
        _ => 3,
    };
}
