using System.CommandLine;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Json;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine;
using HostingOps.Engine.DynamicDns;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops ddns</c>: lets records follow this machine's public address, as a loop or once.</summary>
internal sealed class DdnsCommand : IAgentCommand
{
    private const int DefaultInterval = 60;

    private readonly Argument<string[]> records = NamedValues.Sites("Dynamic records by name or with wildcards; all when none is named.", "record");
    private readonly Option<bool> once = new("--once") { Description = "One run, for cron; what was seen is remembered for the next." };
    private readonly Option<bool> whatIf = new("--what-if") { Description = "One run that writes neither record nor state." };
    private readonly Option<int> interval = NamedValues.Positive("--interval", DefaultInterval, "SECONDS", "Time between two runs.");
    private readonly Option<DynamicDnsGateName[]> overrides = NamedValues.Several<DynamicDnsGateName>(
        "--override", "Pass a condition although it refuses: Settled, Floor, Uplink, RecordKnown.");

    private readonly RunOptions run = new();
    private readonly ConnectionOptions connection = new();

    public DdnsCommand()
    {
        overrides.HelpName = "GATE";
        Command = new Command("ddns", "Let records follow this machine's public address; goes on until it is stopped.") { records, once, whatIf, interval, overrides };
        run.AddTo(Command);
        connection.AddTo(Command);
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops ddns", "Follow the address until SIGTERM; for systemd."),
        ("hostingops ddns --once", "One run, for cron every minute."),
        ("hostingops ddns --what-if", "What each record would get, and every condition."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        await using var workspace = HostingWorkspace.Open(connection.Read(parse), context.Reporter);
        var selected = workspace.SelectDynamicDns(parse.GetValue(records) is { Length: > 0 } names ? names : null);
        var invoke = run.Read(parse);
        var options = new DynamicDnsOptions
        {
            DryRun = parse.GetValue(whatIf),
            Overrides = parse.GetValue(overrides) ?? [],
            SyncTimeout = invoke.SyncTimeout,
            VerifyTimeout = invoke.VerifyTimeout,
        };
        using var array = context.Json ? context.BeginArray() : null;
        if (options.DryRun)
        {
            return await ShowAsync(workspace, selected, options, context, array, cancellationToken);
        }

        if (parse.GetValue(once))
        {
            return await UpdateAsync(workspace, selected, options, context, array, static _ => true, cancellationToken);
        }

        var last = ExitCode.Success;
        var watch = workspace.NewDynamicDnsWatch();
        await watch.RunAsync(
            async token => last = await UpdateAsync(workspace, selected, options, context, array, watch.IsNews, token),
            error =>
            {
                last = ExitCodeTable.For(error);
                context.Errors.Error(error);
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(parse.GetValue(interval)),
            cancellationToken);
        return last;
    }

    private static async Task<ExitCode> UpdateAsync(
        HostingWorkspace workspace,
        IReadOnlyList<DynamicDnsRecord> records,
        DynamicDnsOptions options,
        AgentContext context,
        JsonArrayWriter? array,
        Func<DynamicDnsResult, bool> isNews,
        CancellationToken cancellationToken)
    {
        var codes = new List<ExitCode>();
        var yes = (DynamicDnsPlan _) => Task.FromResult(true);
        await foreach (var result in workspace.DynamicDns.UpdateAsync(records, options, yes, yes, cancellationToken))
        {
            codes.Add(ExitCodeTable.For(result));
            if (isNews(result))
            {
                array?.Write(result);
                if (array is null)
                {
                    DdnsView.Show(context.Out, result);
                }
            }
        }

        return ExitCodeTable.Worst(codes);
    }

    private static async Task<ExitCode> ShowAsync(
        HostingWorkspace workspace,
        IReadOnlyList<DynamicDnsRecord> records,
        DynamicDnsOptions options,
        AgentContext context,
        JsonArrayWriter? array,
        CancellationToken cancellationToken)
    {
        var codes = new List<ExitCode>();
        foreach (var record in records)
        {
            foreach (var plan in await workspace.DynamicDns.PlanAsync(record, options, cancellationToken))
            {
                array?.Write(plan);
                if (array is null)
                {
                    DdnsView.Show(context.Out, plan);
                }

                codes.Add(plan.Ended is { } ended ? ExitCodeTable.For(ended) : ExitCode.Success);
            }
        }

        return ExitCodeTable.Worst(codes);
    }
}
