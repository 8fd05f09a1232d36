using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.Failover;

/// <summary>Which hooks a move would run, filled in.</summary>
internal static class HookPlan
{
    public static IReadOnlyList<PlannedHook> For(HostedSite site, SiteHost from, SiteHost to)
    {
        var context = new HookContext(site, Active: from, Standby: to, OperationId: null);
        return
        [
            .. Filled(HookStage.Fence, site.Hooks.Fence),
            .. Filled(HookStage.Promote, site.Hooks.Promote),
            .. Filled(HookStage.After, site.Hooks.After),
        ];

        IEnumerable<PlannedHook> Filled(HookStage stage, IReadOnlyList<Hook> hooks) =>
            hooks.Select(hook => HookTemplate.Plan(stage, hook, context));
    }
}
