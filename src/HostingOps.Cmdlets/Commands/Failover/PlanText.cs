using System.Text;
using HostingOps.Cmdlets.Formatting;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>A plan in words, for -WhatIf, -Confirm and the verbose stream.</summary>
internal static class PlanText
{
    /// <summary>The title of the question.</summary>
    public const string Caption = "Move live traffic";

    private const int Columns = 80;

    /// <summary>Whether carrying the plan out would change a record.</summary>
    public static bool MovesTraffic(SiteFailoverPlan plan) => plan.Allowed && plan.Change is { IsEmpty: false };

    /// <summary>Before and after, then every gate with its answer and reason.</summary>
    public static string Describe(SiteFailoverPlan plan)
    {
        var text = Begin(plan);
        foreach (var gate in plan.Gates)
        {
            AppendGate(text, gate);
        }

        AppendRest(text, plan);
        return text.ToString();
    }

    /// <summary>
    /// The question: before and after, the gates that decide and those that were overridden with their reasons, and the
    /// names of the others. At night, for ten sites one after the other, that is what has to be read.
    /// </summary>
    public static string Ask(SiteFailoverPlan plan)
    {
        var text = Begin(plan);
        foreach (var gate in plan.Gates.Where(IsTelling))
        {
            AppendGate(text, gate);
        }

        var others = plan.Gates.Where(gate => !IsTelling(gate)).Select(gate => gate.Name).ToList();
        if (others.Count > 0)
        {
            AppendPassed(text, others);
        }

        AppendRest(text, plan);
        return text.Append("\nDo it?").ToString();
    }

    private static bool IsTelling(FailoverGate gate) =>
        gate.Outcome != GateOutcome.Passed || gate.Name is GateName.ActiveDown or GateName.StandbyHealthy;

    private static StringBuilder Begin(SiteFailoverPlan plan)
    {
        var text = new StringBuilder()
            .Append(plan.Kind == FailoverKind.Manual ? "Change by hand" : plan.Kind).Append(" of ").Append(plan.SiteName)
            .Append(": ").Append(plan.From ?? "?").Append(" -> ").Append(plan.To ?? "?");
        if (!plan.Allowed)
        {
            text.Append(" is REFUSED");
        }
        else if (plan.Change is { IsEmpty: true })
        {
            text.Append(", nothing to change");
        }

        AppendChange(text, plan);
        return text;
    }

    private static void AppendChange(StringBuilder text, SiteFailoverPlan plan)
    {
        if (plan.Change is not { IsEmpty: false } change)
        {
            return;
        }

        text.Append("\n  ").Append(change.Record);
        if (plan.PropagationSeconds is { } seconds)
        {
            text.Append(FormattableString.Invariant($" (visitors follow within {seconds} s)"));
        }

        foreach (var type in change.Before.Concat(change.After).Select(set => set.Type).Distinct())
        {
            text.Append("\n    ").Append(Join(change.Before, type)).Append(" -> ").Append(Join(change.After, type));
        }
    }

    private static string Join(IReadOnlyList<DnsRecordSet> records, string type)
    {
        var some = records.Where(set => set.Type == type).ToList();
        return some.Count == 0 ? $"no {type}" : string.Join(" + ", some);
    }

    private static void AppendGate(StringBuilder text, FailoverGate gate)
    {
        text.Append("\n  ").Append(DisplayText.Mark(gate.Outcome)).Append(' ').Append(gate.Name);
        if (gate.Outcome != GateOutcome.Passed)
        {
            text.Append(' ').Append(gate.Outcome.ToString().ToUpperInvariant());
        }

        text.Append(": ").Append(gate.Reason);
    }

    // A terminal would break a line of them all in the middle of a name.
    private static void AppendPassed(StringBuilder text, List<GateName> gates)
    {
        var used = 0;
        for (var i = 0; i < gates.Count; i++)
        {
            var word = gates[i] + (i == gates.Count - 1 ? ": passed" : ",");
            var fits = i > 0 && used + 1 + word.Length <= Columns;
            var before = i == 0 ? "\n  + " : fits ? " " : "\n    ";
            used = (fits ? used + 1 : before.Length - 1) + word.Length;
            text.Append(before).Append(word);
        }
    }

    private static void AppendRest(StringBuilder text, SiteFailoverPlan plan)
    {
        foreach (var hook in plan.Hooks)
        {
            text.Append("\n  runs ").Append(HookText.Of(hook));
        }
    }
}
