using System.Globalization;
using HostingOps.Bench.Apex;
using HostingOps.Bench.Certainty;
using HostingOps.Bench.Dns;
using HostingOps.Bench.Failover;
using HostingOps.Bench.Health;
using HostingOps.Bench.Inventory;
using HostingOps.Bench.Mirror;
using HostingOps.Bench.Module;
using HostingOps.Bench.Watch;

// One command per line; each prints its figures and returns the exit code.
(string Name, string? Usage, Func<string[], Task<int>> Run)[] commands =
[
    ("probes", ProbesCommand.Usage, ProbesCommand.RunAsync),
    ("switches", SwitchesCommand.Usage, SwitchesCommand.RunAsync),
    ("sync", SyncCommand.Usage, SyncCommand.RunAsync),
    ("drill", DrillCommand.Usage, DrillCommand.RunAsync),
    ("soak", SoakCommand.Usage, SoakCommand.RunAsync),
    ("race", RaceCommand.Usage, RaceCommand.RunAsync),
    ("apex-drill", ApexDrillCommand.Usage, ApexDrillCommand.RunAsync),
    ("inventory", InventoryCommand.Usage, static options => Task.FromResult(InventoryCommand.Run(options))),
    ("watch", WatchCommand.Usage, WatchCommand.RunAsync),
    ("module", ModuleCommand.Usage, ModuleCommand.RunAsync),
    ("apex", ApexCommand.Usage, ApexCommand.RunAsync),
    ("certainty", CertaintyCommand.Usage, static options => Task.FromResult(CertaintyCommand.Run(options))),
    ("mirror", MirrorCommand.Usage, MirrorCommand.RunAsync),
    // The site of `mirror`, in a process of its own.
    ("mirror-site", null, static options => SiteProcess.ServeAsync([.. options.Select(static number => int.Parse(number, CultureInfo.InvariantCulture))])),
    // HostingOps as one of its tools: each of them is a process of its own.
    ("mirror-save", null, OwnTool.SaveHereAsync),
];

var asked = args is [var name, ..] ? Array.Find(commands, command => command.Name == name) : default;
var isHelp = Array.Exists(args, static arg => arg is "--help" or "-h" or "-?");
if (asked.Run is not null && !(isHelp && asked.Usage is not null))
{
    return await asked.Run(args[1..]);
}

var output = isHelp ? Console.Out : Console.Error;
output.WriteLine("usage: HostingOps.Bench <command> [options]");
foreach (var usage in asked.Usage is { } own ? [own] : commands.Select(static command => command.Usage).OfType<string>())
{
    output.WriteLine(usage);
}

return isHelp ? 0 : 2;
