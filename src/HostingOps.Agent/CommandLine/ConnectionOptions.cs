using System.CommandLine;
using HostingOps.Engine;
using HostingOps.Engine.Ssh;

namespace HostingOps.Agent.CommandLine;

/// <summary>Where the inventory, AWS and the state database are.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string> inventory = new("--inventory", "-i")
    {
        Description = "The inventory file; else $HOSTINGOPS_INVENTORY, else ./hosting.yml.",
        HelpName = "PATH",
    };

    private readonly Option<string> profile = new("--profile") { Description = "AWS profile.", HelpName = "NAME" };

    private readonly Option<string> region = new("--region") { Description = "AWS region.", HelpName = "NAME" };

    private readonly Option<string> endpointUrl = new("--endpoint-url") { Description = "An AWS-compatible endpoint instead of AWS.", HelpName = "URL" };

    private readonly Option<string> state = new("--state")
    {
        Description = "The state database; else $HOSTINGOPS_STATE, else the platform's folder.",
        HelpName = "PATH",
    };

    public void AddTo(Command command)
    {
        foreach (var option in Options)
        {
            command.Options.Add(option);
        }
    }

    public void AddStateTo(Command command) => command.Options.Add(state);

    public WorkspaceOptions Read(ParseResult parse) => new()
    {
        InventoryPath = Value(parse, inventory),
        ProfileName = Value(parse, profile),
        Region = Value(parse, region),
        EndpointUrl = Value(parse, endpointUrl),
        StatePath = Value(parse, state),
    };

    /// <summary>The options as they were given, to be repeated in a suggested command; begins with a space, or is empty.</summary>
    public string Repeat(ParseResult parse) => string.Concat(Options
        .Select(option => (option.Name, Value: Value(parse, option)))
        .Where(static given => given.Value is not null)
        .Select(static given => $" {given.Name} {ShellWord.Of(given.Value!)}"));

    private Option<string>[] Options => [inventory, profile, region, endpointUrl, state];

    private static string? Value(ParseResult parse, Option<string> option) => parse.GetResult(option) is null ? null : parse.GetValue(option);
}
