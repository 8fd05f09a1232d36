using System.Text;
using HostingOps.Cmdlets.Formatting;
using HostingOps.Engine.DynamicDns;

namespace HostingOps.Cmdlets.Commands.DynamicDns;

/// <summary>A planned update in words, for -WhatIf, -Confirm and the verbose stream.</summary>
internal static class DynamicDnsText
{
    /// <summary>The title of the question.</summary>
    public const string Caption = "Update dynamic DNS";

    /// <summary>The title of the question about an uplink.</summary>
    public const string ReactionCaption = "React to a change of uplink";

    /// <summary>From and to, then every condition with its answer and reason.</summary>
    public static string Describe(DynamicDnsPlan plan)
    {
        var text = new StringBuilder(plan.Record).Append(' ').Append(plan.AddressFamily).Append(": ");
        if (plan.Ended is { Outcome: DynamicDnsOutcome.Unchanged })
        {
            return text.Append("has ").Append(plan.To).Append(" already, nothing to change").ToString();
        }

        text.Append(plan.From ?? "no address").Append(" -> ").Append(plan.To ?? "unknown");
        text.Append(plan.Ended?.Outcome switch
        {
            null => "",
            DynamicDnsOutcome.Waiting => " is to WAIT",
            DynamicDnsOutcome.AddressUnknown => ", nothing is written",
            _ => " is REFUSED",
        });
        foreach (var gate in plan.Gates)
        {
            text.Append("\n  ").Append(DisplayText.Mark(gate.Outcome)).Append(' ').Append(gate.Name).Append(": ").Append(gate.Reason);
        }

        return text.ToString();
    }

    /// <summary>What happens on a change of uplink.</summary>
    public static string DescribeReaction(DynamicDnsPlan plan)
    {
        var change = plan.UplinkChange!;
        return $"{change.Reason} Reaction: " + change.Reaction switch
        {
            UplinkReaction.None => "none.",
            UplinkReaction.Alert => "alert.",
            _ => "alert, and failover of the sites behind this line whose policy is automatic.",
        };
    }
}
