using System.CommandLine;
using System.Text.Json;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Json;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox.Drill;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops drill</c>: the main job, or the recovery of the bare domains' redirector, rehearsed in a sandbox.</summary>
internal sealed class DrillCommand : IAgentCommand
{
    private const string SampleName = "samples/hosting.yml";

    private readonly Argument<DrillScenario> scenario = NamedValues.Word(
        "scenario", DrillScenario.Failover, "failover: a host dies. apex: the availability zone of the bare domains' redirector dies.");

    private readonly Option<string> inventory = new("--inventory", "-i")
    {
        Description = $"The inventory to rehearse; else the built-in {SampleName}.",
        HelpName = "PATH",
    };

    private readonly Option<string> killHost = new("--kill-host")
    {
        Description = "The host to kill; else the one with the most live sites.",
        HelpName = "HOST",
    };

    public DrillCommand()
    {
        Command = new Command(
            "drill", "Rehearse a failover in a sandbox: kill a host, notice, plan, switch, prove, fail back. Never touches AWS or your hosts.") { scenario, inventory, killHost };
        Command.Validators.Add(result =>
        {
            // By its word: the value of a word that could not be read throws.
            var isApex = result.GetResult(scenario)?.Tokens is [var word] && word.Value.Equals(nameof(DrillScenario.Apex), StringComparison.OrdinalIgnoreCase);
            if (isApex && result.GetResult(killHost) is not null)
            {
                result.AddError("`drill apex` kills no host: it fails the redirector's availability zone. --kill-host goes with `drill failover`.");
            }
        });
    }

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops drill", "Rehearse with the built-in sample inventory."),
        ("hostingops drill --inventory hosting.yml --kill-host do-1", "Rehearse the death of one of your own hosts."),
        ("hostingops drill apex", "Rehearse the loss of the redirector behind the bare domains."),
        ("hostingops drill --json | jq .outageSeconds", "Only one of the figures."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        var (rehearsed, source) = Load(parse.GetValue(inventory), context.Reporter);
        return parse.GetValue(scenario) == DrillScenario.Apex
            ? await ApexAsync(rehearsed, source, context, cancellationToken)
            : await FailoverAsync(rehearsed, source, parse.GetValue(killHost), context, cancellationToken);
    }

    private static async Task<ExitCode> FailoverAsync(
        HostingInventory rehearsed, string source, string? killHost, AgentContext context, CancellationToken cancellationToken)
    {
        var view = context.Json ? null : new DrillView(context.Out);
        view?.Starting(rehearsed, source);
        var result = await StartedAsync(() => FailoverDrill.RunAsync(
            rehearsed, new DrillOptions { KillHost = killHost }, view is null ? null : view.Planned, context.Reporter, cancellationToken));
        view?.Ended(result);
        return Ended(result, result.Passed, result.KilledHost, result.FailedStep, result.Reason, context);
    }

    private static async Task<ExitCode> ApexAsync(HostingInventory rehearsed, string source, AgentContext context, CancellationToken cancellationToken)
    {
        var view = context.Json ? null : new ApexDrillView(context.Out);
        view?.Starting(rehearsed, source);
        var result = await StartedAsync(() => ApexDrill.RunAsync(
            rehearsed, new ApexDrillOptions(), view is null ? null : view.Planned, context.Reporter, cancellationToken));
        view?.Ended(result);
        return Ended(result, result.Passed, result.FailedZone, result.FailedStep, result.Reason, context);
    }

    private static async Task<T> StartedAsync<T>(Func<Task<T>> drill)
    {
        try
        {
            return await drill();
        }
        catch (HostingException error)
        {
            throw new HostingException(
                error.ErrorId, error.Category, error.Target, $"The drill failed at its step Start: {error.Message}", error.RecommendedAction, error);
        }
    }

    private static ExitCode Ended<T>(T result, bool passed, string lost, string? failedStep, string reason, AgentContext context)
    {
        if (context.Json)
        {
            context.WriteDocument(JsonSerializer.Serialize(result, AgentJson.Indented));
        }

        return passed ? ExitCode.Success : throw new HostingException(
            ErrorIds.DrillFailed,
            HostingErrorCategory.NotSpecified,
            lost,
            $"The drill failed at its step {failedStep}: {reason}",
            "Run it again with --verbose to see what is asked of whom.");
    }

    private static (HostingInventory Inventory, string Source) Load(string? path, IOperationReporter reporter)
    {
        if (path is not null)
        {
            var found = InventoryLocator.Find(path, Environment.CurrentDirectory);
            return (InventoryLoader.LoadOrThrow(found, reporter), found);
        }

        using var resource = typeof(DrillCommand).Assembly.GetManifestResourceStream(SampleName) ?? throw new HostingException(
            ErrorIds.InventoryNotFound,
            HostingErrorCategory.ObjectNotFound,
            SampleName,
            "This hostingops was built without the sample inventory.",
            "Give --inventory.");
        using var reader = new StreamReader(resource);
        var document = InventoryLoader.Parse(reader.ReadToEnd(), SampleName);
        return (document.Inventory ?? throw new HostingException(
            ErrorIds.InventoryInvalid,
            HostingErrorCategory.InvalidData,
            SampleName,
            $"The built-in sample inventory has errors: {string.Join(" ", document.Findings)}",
            "Give --inventory."), $"the built-in {SampleName}");
    }
}
