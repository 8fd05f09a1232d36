using System.CommandLine;

namespace HostingOps.Agent.CommandLine;

/// <summary>What every command understands.</summary>
internal sealed class SharedOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "Results as JSON on stdout, errors as JSON on stderr.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say on stderr what is asked of whom.", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours; so does NO_COLOR.", Recursive = true };

    public void AddTo(Command command)
    {
        command.Options.Add(Json);
        command.Options.Add(Verbose);
        command.Options.Add(NoColor);
    }
}
