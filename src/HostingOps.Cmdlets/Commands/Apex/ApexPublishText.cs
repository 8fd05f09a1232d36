using System.Text;
using HostingOps.Engine.Apex.Publishing;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>A planned publish in words, for -WhatIf, -Confirm and the verbose stream.</summary>
internal static class ApexPublishText
{
    /// <summary>The title of the question.</summary>
    public const string Caption = "Change what all bare domains answer";

    private const int ShortChecksum = 12;

    /// <summary>Where to, from which configuration to which, and the difference in names.</summary>
    public static string Describe(ApexPublishPlan plan)
    {
        var text = new StringBuilder().Append(plan.Destination).Append(':').Append(plan.Path).Append(": ");
        if (plan.Refusal is { } refusal)
        {
            return text.Append("REFUSED. ").Append(refusal).Append(" -OverwriteEdited replaces it.").ToString();
        }

        if (plan.ChangesNothing)
        {
            return text.Append("has configuration ").Append(plan.Checksum.AsSpan(0, ShortChecksum)).Append(" already, nothing to change").ToString();
        }

        text.Append(Former(plan)).Append(" -> ").Append(plan.Checksum.AsSpan(0, ShortChecksum))
            .Append(FormattableString.Invariant($"\n  {plan.DomainCount} names: {plan.Added} added, {plan.Removed} removed, {plan.Changed} lead elsewhere"));
        if (plan.Unfinished)
        {
            text.Append("\n  An earlier publish was cut off: its former file is put back first.");
        }

        return text.ToString();
    }

    private static string Former(ApexPublishPlan plan) => plan.Origin is null ? "no file" : plan.FormerChecksum?[..ShortChecksum] ?? "another's file";
}
