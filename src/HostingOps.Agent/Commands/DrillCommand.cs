using System.CommandLine;
using System.Text.Json;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Json;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox.Drill;

namespace HostingOps.Agent.Commands;

/// <summary><c>hostingops drill</c>: the main job, rehearsed in a sandbox.</summary>
internal sealed class DrillCommand : IAgentCommand
{
    private const string SampleName = "samples/hosting.yml";

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

    public DrillCommand() => Command = new Command(
        "drill", "Rehearse a failover in a sandbox: kill a host, notice, plan, switch, prove, fail back. Never touches AWS or your hosts.") { inventory, killHost };

    public Command Command { get; }

    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; } =
    [
        ("hostingops drill", "Rehearse with the built-in sample inventory."),
        ("hostingops drill --inventory hosting.yml --kill-host do-1", "Rehearse the death of one of your own hosts."),
        ("hostingops drill --json | jq .outageSeconds", "Only one of the figures."),
    ];

    public async Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken)
    {
        var (rehearsed, source) = Load(parse.GetValue(inventory), context.Reporter);
        var view = context.Json ? null : new DrillView(context.Out);
        view?.Starting(rehearsed, source);
        FailoverDrillResult result;
        try
        {
            result = await FailoverDrill.RunAsync(
                rehearsed,
                new DrillOptions { KillHost = parse.GetValue(killHost) },
                view is null ? null : view.Planned,
                context.Reporter,
                cancellationToken);
        }
        catch (HostingException error)
        {
            throw new HostingException(
                error.ErrorId, error.Category, error.Target, $"The drill failed at its step Start: {error.Message}", error.RecommendedAction, error);
        }

        view?.Ended(result);
        if (context.Json)
        {
            context.WriteDocument(JsonSerializer.Serialize(result, AgentJson.Indented));
        }

        return result.Passed ? ExitCode.Success : throw new HostingException(
            ErrorIds.DrillFailed,
            HostingErrorCategory.NotSpecified,
            result.KilledHost,
            $"The drill failed at its step {result.FailedStep}: {result.Reason}",
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
