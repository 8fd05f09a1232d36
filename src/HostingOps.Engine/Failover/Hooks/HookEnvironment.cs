namespace HostingOps.Engine.Failover.Hooks;

/// <summary>
/// What a hook finds in its environment besides everything that HostingOps itself was started with. AWS credentials stay there
/// on purpose: a hook may need the aws CLI. The inventory's author is trusted with them.
/// </summary>
internal static class HookEnvironment
{
    /// <summary>
    /// HOSTINGOPS_OPERATION, HOSTINGOPS_SITE and HOSTINGOPS_KIND, and HOSTINGOPS_FROM and HOSTINGOPS_TO with the names of the hosts when
    /// they are known. The runner adds HOSTINGOPS_STAGE.
    /// </summary>
    public static IReadOnlyDictionary<string, string> For(string operationId, SiteFailoverPlan plan)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOSTINGOPS_OPERATION"] = operationId,
            ["HOSTINGOPS_SITE"] = plan.SiteName,
            ["HOSTINGOPS_KIND"] = plan.Kind.ToString(),
        };
        if (plan.From is not null)
        {
            environment["HOSTINGOPS_FROM"] = plan.From;
        }

        if (plan.To is not null)
        {
            environment["HOSTINGOPS_TO"] = plan.To;
        }

        return environment;
    }
}
