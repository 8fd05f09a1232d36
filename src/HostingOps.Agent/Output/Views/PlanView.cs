using System.Globalization;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.Terminal;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.Ssh;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>One plan, as a person decides on it.</summary>
internal static class PlanView
{
    public static void Show(Screen screen, SiteFailoverPlan plan)
    {
        screen.Write(new Text(PrintableText.Of($"{plan.SiteName}: {Headline(plan)}"), Styles.Heading));
        if (plan.Change is { } change)
        {
            var records = TableLayout.Of("", "");
            records.AddRow(new Text("record"), Styles.Plain(change.Record));
            records.AddRow(new Text("before"), Styles.Plain(Describe(change.Before)));
            records.AddRow(new Text("after"), Styles.Plain(change.IsEmpty ? "the same" : Describe(change.After)));
            screen.Write(TableLayout.Indented(records));
        }

        if (plan.Gates.Count > 0)
        {
            var gates = TableLayout.Of("", "", "");
            foreach (var gate in plan.Gates)
            {
                gates.AddRow(Styles.Word(gate.Outcome), new Text(gate.Name.ToString()), Styles.Plain(gate.Reason));
            }

            screen.Write(TableLayout.Indented(gates));
        }

        if (plan.Hooks.Count > 0)
        {
            var hooks = TableLayout.Of("", "");
            foreach (var hook in plan.Hooks)
            {
                hooks.AddRow(
                    new Text(hook.Stage.ToString().ToLowerInvariant()),
                    Styles.Plain(string.Create(CultureInfo.InvariantCulture, $"{HookText.Mask(ShellWord.Join(hook.Argv))} (at most {hook.Timeout.TotalSeconds:0.#} s)")));
            }

            screen.Write(TableLayout.Indented(hooks));
        }

        foreach (var line in Consequences(plan))
        {
            screen.Write(TableLayout.Indented(Styles.Plain(line)));
        }

        screen.Line();
    }

    /// <summary>For example <c>failover from do-1 to li-1</c>.</summary>
    public static string Headline(SiteFailoverPlan plan) => string.Concat(
        plan.Kind.ToString().ToLowerInvariant(),
        plan.UndoOf is null ? "" : $" of operation {plan.UndoOf},",
        $" from {plan.From ?? "neither host"} to {plan.To ?? "an unknown host"}",
        plan.Allowed ? "" : " - REFUSED");

    private static IEnumerable<string> Consequences(SiteFailoverPlan plan)
    {
        if (plan.Allowed && plan.PropagationSeconds is { } seconds)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Resolvers may keep the old answer for {seconds} s after the switch; visitors follow as it runs out.");
        }

        var refusing = plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name).ToArray();
        if (refusing.Length > 0)
        {
            yield return $"Nothing will be changed: {string.Join(", ", refusing)}.";
        }
    }

    private static string Describe(IReadOnlyList<DnsRecordSet> sets) => sets.Count == 0 ? "no record" : string.Join("; ", sets);
}
