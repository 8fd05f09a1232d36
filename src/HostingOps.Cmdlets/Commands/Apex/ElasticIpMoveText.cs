using System.Text;
using HostingOps.Cmdlets.Formatting;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>A planned move in words, for -WhatIf, -Confirm and the verbose stream.</summary>
internal static class ElasticIpMoveText
{
    /// <summary>The title of the question.</summary>
    public const string Caption = "Move live traffic";

    /// <summary>From and to, then every condition with its answer and reason.</summary>
    public static string Describe(ElasticIpMovePlan plan)
    {
        var text = new StringBuilder("Elastic IP ").Append(plan.PublicIp).Append(": ");
        if (plan.ChangesNothing)
        {
            return text.Append("with ").Append(plan.InstanceId).Append(" already, nothing to change").ToString();
        }

        text.Append(Place(plan.From.ToString(), plan.FromAvailabilityZone)).Append(" -> ").Append(Place(plan.InstanceId, plan.AvailabilityZone));
        if (!plan.Allowed)
        {
            text.Append(" is REFUSED");
        }

        foreach (var gate in plan.Gates)
        {
            text.Append("\n  ").Append(DisplayText.Mark(gate.Outcome)).Append(' ').Append(gate.Name).Append(": ").Append(gate.Reason);
        }

        return text.ToString();
    }

    private static string Place(string what, string? zone) => zone is null ? what : $"{what} ({zone})";
}
