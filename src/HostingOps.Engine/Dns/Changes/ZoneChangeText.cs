using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Dns.Changes;

/// <summary>A plan of zone changes in words, as somebody decides on it: at 80 columns, and never endless.</summary>
public static class ZoneChangeText
{
    private const int Columns = 79;
    private const int MostChanges = 20;
    private const int MostNotices = 10;

    /// <summary>The changes with their reasons, the limits with their answers, and what is left alone.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="whole">What gives all of a plan that is too long to show.</param>
    public static string Describe(ZoneChangePlan plan, string whole)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var text = new StringBuilder(plan.ToString().Replace($" ({plan.Checksum})", "", StringComparison.Ordinal));
        if (!plan.Allowed)
        {
            text.Append("\n  REFUSED by ").AppendJoin(", ", plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
        }

        if (plan.Changes.Count > 0)
        {
            text.Append("\n  checksum ").Append(plan.Checksum);
        }

        // What takes something away comes first, for it is what has to be read.
        foreach (var change in plan.Changes.OrderByDescending(static change => change.Action).Take(MostChanges))
        {
            Append(text, change);
        }

        AppendRest(text, plan.Changes.Count - MostChanges, "changes", whole);
        foreach (var gate in plan.Changes.Count == 0 ? [] : plan.Gates)
        {
            var answer = gate.Outcome == GateOutcome.Passed ? "" : " " + gate.Outcome.ToString().ToUpperInvariant();
            Wrap(text, "  ", $"{Mark(gate.Outcome)} {gate.Name}{answer}: {gate.Reason}");
        }

        AppendNotices(text, plan.Notices, whole);
        return text.ToString();
    }

    /// <summary>How many are left alone, by kind: <c>3 Stranger, 1 Drift</c>.</summary>
    public static string Count(IReadOnlyList<ZoneNotice> notices) => string.Join(", ", notices
        .GroupBy(static notice => notice.Kind)
        .OrderBy(static group => group.Key)
        .Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));

    private static void Append(StringBuilder text, DnsRecordChange change)
    {
        text.Append("\n  ").Append(change.Action.ToString().ToLowerInvariant()).Append(' ').Append(change.Record);
        foreach (var set in change.Before.Except(change.After))
        {
            Wrap(text, "    ", $"- {Set(change, set)}");
        }

        foreach (var set in change.After.Except(change.Before))
        {
            Wrap(text, "    ", $"+ {Set(change, set)}");
        }

        Wrap(text, "    ", change.Reason);
    }

    private static string Set(DnsRecordChange change, DnsRecordSet set) => set.Name == change.Record ? set.ToString() : $"{set.Name} {set}";

    private static void AppendNotices(StringBuilder text, IReadOnlyList<ZoneNotice> notices, string whole)
    {
        if (notices.Count == 0)
        {
            return;
        }

        text.Append("\n  left alone: ").Append(Count(notices));

        // Strangers that are no site's are the least news.
        foreach (var notice in notices.OrderBy(static notice => notice.SiteName is null).Take(MostNotices))
        {
            Wrap(text, "    ", $"{notice.Kind} {notice.Record}: {notice.Message}");
        }

        AppendRest(text, notices.Count - MostNotices, "more", whole);
    }

    private static void AppendRest(StringBuilder text, int count, string what, string whole)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n    ... and {count} {what}; {whole} gives all of them");
        }
    }

    private static char Mark(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => '+',
        GateOutcome.Overridden => '!',
        _ => '-',
    };

    private static void Wrap(StringBuilder text, string indent, string words)
    {
        var used = Columns;
        var first = true;
        foreach (var word in words.Split(' '))
        {
            if (used + 1 + word.Length > Columns)
            {
                var margin = first ? indent : indent + "  ";
                text.Append('\n').Append(margin).Append(word);
                used = margin.Length + word.Length;
            }
            else
            {
                text.Append(' ').Append(word);
                used += 1 + word.Length;
            }

            first = false;
        }
    }
}
