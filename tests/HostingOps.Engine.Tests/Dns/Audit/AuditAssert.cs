namespace HostingOps.Engine.Tests.Dns.Audit;

internal static class AuditAssert
{
    /// <summary>The audit's one finding, which has this code and severity.</summary>
    public static SiteDnsFinding Only(SiteDnsAudit audit, SiteDnsFindingCode code, SiteDnsSeverity severity)
    {
        Assert.True(audit.Findings.Count == 1, string.Join(Environment.NewLine, audit.Findings));
        Assert.Equal((code, severity), (audit.Findings[0].Code, audit.Findings[0].Severity));
        return audit.Findings[0];
    }
}
