using System.Text;
using HostingOps.Cmdlets.Formatting;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>A planned recovery in words, for -WhatIf, -Confirm and the verbose stream.</summary>
internal static class ApexRecoveryText
{
    /// <summary>The title of the question.</summary>
    public const string Caption = "Replace the redirector";

    /// <summary>The steps, then every condition with its answer, then the warnings.</summary>
    public static string Describe(ApexRecoveryPlan plan)
    {
        var text = new StringBuilder("Redirector of ").Append(plan.PublicIp).Append(": ").Append(plan.OldInstanceId ?? plan.From.ToString());
        if (plan.OldInstanceId is not null)
        {
            text.Append(" (").Append(plan.OldInstanceState ?? "not listed").Append(plan.OldAvailabilityZone is { } zone ? $", {zone}" : "").Append(')');
        }

        text.Append(" -> a new instance in ").Append(plan.AvailabilityZone ?? "no zone");
        if (!plan.Allowed)
        {
            text.Append(" is REFUSED");
        }

        for (var step = 0; step < plan.Steps.Count; step++)
        {
            text.Append("\n  ").Append(step + 1).Append(". ").Append(plan.Steps[step]);
        }

        foreach (var gate in plan.Gates)
        {
            text.Append("\n  ").Append(DisplayText.Mark(gate.Outcome)).Append(' ').Append(gate.Name).Append(": ").Append(gate.Reason);
        }

        foreach (var warning in plan.Warnings)
        {
            text.Append("\n  ! ").Append(warning);
        }

        return text.ToString();
    }

    /// <summary>What a resume does.</summary>
    public static string Resuming(string publicIp, string? operationId) =>
        $"Go on with {(operationId is null ? "the unfinished recovery" : $"recovery {operationId}")} of the redirector of {publicIp}; nothing is launched twice";
}
