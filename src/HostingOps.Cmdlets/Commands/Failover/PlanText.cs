using System.Text;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>A plan in words, for -WhatIf, -Confirm and the verbose stream.</summary>
internal static class PlanText
{
    /// <summary>The title of the question.</summary>
    public const string Caption = "Move live traffic";

    /// <summary>Whether carrying the plan out would change a record.</summary>
    public static bool MovesTraffic(SiteFailoverPlan plan) => plan.Allowed && plan.Change is { IsEmpty: false };

    /// <summary>Before and after, then every gate with its answer and reason.</summary>
    public static string Describe(SiteFailoverPlan plan)
    {
        var text = new StringBuilder()
            .Append(plan.Kind).Append(" of ").Append(plan.SiteName)
            .Append(": ").Append(plan.From ?? "?").Append(" -> ").Append(plan.To ?? "?");
        if (!plan.Allowed)
        {
            text.Append(" is REFUSED");
        }
        else if (plan.Change is { IsEmpty: true })
        {
            text.Append(", nothing to change");
        }

        AppendChange(text, plan.Change);
        foreach (var gate in plan.Gates)
        {
            text.Append('\n').Append("  ").Append(gate.Name).Append(": ").Append(gate.Outcome).Append(", ").Append(gate.Reason);
        }

        foreach (var hook in plan.Hooks)
        {
            text.Append('\n').Append("  hook ").Append(hook);
        }

        return text.ToString();
    }

    /// <summary>The question.</summary>
    public static string Ask(SiteFailoverPlan plan) => Describe(plan) + "\nDo it?";

    private static void AppendChange(StringBuilder text, DnsSwitch? change)
    {
        if (change is null || change.IsEmpty)
        {
            return;
        }

        text.Append('\n').Append("  ").Append(change.Record).Append(": ")
            .Append(Join(change.Before)).Append(" -> ").Append(Join(change.After));
    }

    private static string Join(IReadOnlyList<DnsRecordSet> records) =>
        records.Count == 0 ? "no record" : string.Join(" + ", records);
}
