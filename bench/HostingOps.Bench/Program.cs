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
return args switch
{
    ["probes", .. var rest] => await ProbesCommand.RunAsync(rest),
    ["switches", .. var rest] => await SwitchesCommand.RunAsync(rest),
    ["sync", .. var rest] => await SyncCommand.RunAsync(rest),
    ["drill", .. var rest] => await DrillCommand.RunAsync(rest),
    ["soak", .. var rest] => await SoakCommand.RunAsync(rest),
    ["race", .. var rest] => await RaceCommand.RunAsync(rest),
    ["apex-drill", .. var rest] => await ApexDrillCommand.RunAsync(rest),
    ["inventory", .. var rest] => InventoryCommand.Run(rest),
    ["watch", .. var rest] => await WatchCommand.RunAsync(rest),
    ["module", .. var rest] => await ModuleCommand.RunAsync(rest),
    ["apex", .. var rest] => await ApexCommand.RunAsync(rest),
    ["mirror", .. var rest] => await MirrorCommand.RunAsync(rest),
    // The site of `mirror`, in a process of its own.
    ["mirror-site", .. var rest] => await SiteProcess.ServeAsync([.. rest.Select(static number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))]),
    // HostingOps as one of its tools: each of them is a process of its own.
    ["mirror-save", .. var rest] => await OwnTool.SaveHereAsync(rest),
    ["certainty", .. var rest] => CertaintyCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: HostingOps.Bench <command> [options]");
    Console.Error.WriteLine(ProbesCommand.Usage);
    Console.Error.WriteLine(SwitchesCommand.Usage);
    Console.Error.WriteLine(SyncCommand.Usage);
    Console.Error.WriteLine(DrillCommand.Usage);
    Console.Error.WriteLine(SoakCommand.Usage);
    Console.Error.WriteLine(RaceCommand.Usage);
    Console.Error.WriteLine(ApexDrillCommand.Usage);
    Console.Error.WriteLine(InventoryCommand.Usage);
    Console.Error.WriteLine(WatchCommand.Usage);
    Console.Error.WriteLine(ModuleCommand.Usage);
    Console.Error.WriteLine(ApexCommand.Usage);
    Console.Error.WriteLine(CertaintyCommand.Usage);
    Console.Error.WriteLine(MirrorCommand.Usage);
    return 2;
}
