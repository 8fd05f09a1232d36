using HostingOps.Bench.Health;

// One command per line; each prints its figures and returns the exit code.
return args switch
{
    ["probes", .. var rest] => await ProbesCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: HostingOps.Bench <command> [options]");
    Console.Error.WriteLine(ProbesCommand.Usage);
    return 2;
}
