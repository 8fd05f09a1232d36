using HostingOps.Bench.Certainty.Rules.Ours;

namespace HostingOps.Bench.Certainty.Rules;

/// <summary>The shipped rule: the verdicts' state machine itself, fed as the watcher feeds it, and the gates behind it.</summary>
internal sealed class OurRule(OurOptions options) : IRule
{
    public string Name => FormattableString.Invariant(
        $"HostingOps, every {options.Check.Interval.TotalSeconds:0} s, {(options.Witnesses == 0 ? "alone" : $"{options.Witnesses} witnesses")}, switch after {options.SwitchAfter:0} s");

    public void Live(World world, RuleLog log) => new WatcherRun(world, options, log).Live();
}
