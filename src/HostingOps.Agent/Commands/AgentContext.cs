using System.CommandLine;
using HostingOps.Agent.CommandLine;
using HostingOps.Agent.Json;
using HostingOps.Agent.Output;
using HostingOps.Agent.Terminal;

namespace HostingOps.Agent.Commands;

/// <summary>What one run of a command writes to and reports through.</summary>
internal sealed class AgentContext
{
    private readonly AgentTerminal terminal;

    public AgentContext(AgentTerminal terminal, bool json, bool verbose, bool noColor, TimeProvider time)
    {
        this.terminal = terminal;
        Json = json;
        Verbose = verbose;
        Time = time;
        var progress = new ProgressLine(terminal.Error, terminal.ErrorIsTerminal && !json, terminal.Width, time);
        var color = terminal.Color && !noColor;
        Out = new Screen(terminal.Out, terminal.Width, color && terminal.OutIsTerminal, progress);
        ErrorScreen = new Screen(terminal.Error, terminal.Width, color && terminal.ErrorIsTerminal, progress);
        Errors = new ErrorView(ErrorScreen, json);
        Reporter = new AgentReporter(Errors, progress, verbose);
    }

    public static AgentContext Of(ParseResult parse, SharedOptions shared, AgentTerminal terminal, TimeProvider time) => new(
        terminal, parse.GetValue(shared.Json), parse.GetValue(shared.Verbose), parse.GetValue(shared.NoColor), time);

    public bool Json { get; }

    public bool Verbose { get; }

    public TimeProvider Time { get; }

    /// <summary>Where results for people go.</summary>
    public Screen Out { get; }

    public Screen ErrorScreen { get; }

    /// <summary>Where a person who is about to answer a question looks: stdout belongs to the JSON document.</summary>
    public Screen Dialogue => Json ? ErrorScreen : Out;

    public ErrorView Errors { get; }

    public IOperationReporter Reporter { get; }

    /// <summary>Whether there is a person who sees the plan and can answer.</summary>
    public bool CanAsk => terminal is { InIsTerminal: true, ErrorIsTerminal: true } && (Json || terminal.OutIsTerminal);

    /// <summary>Has SIGHUP handled instead of ending the run.</summary>
    public void OnHangup(Action handler) => terminal.Hangup.Handle(handler);

    public JsonArrayWriter BeginArray() => new(terminal.Out);

    public void WriteDocument(string json)
    {
        terminal.Out.WriteLine(json);
        terminal.Out.Flush();
    }

    /// <summary>Asks a question whose answer is no unless it is yes in so many words.</summary>
    public async Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        Dialogue.Prompt($"{PrintableText.Of(question)} [y/N] ");

        // A read of the console can't be cancelled; it is left behind, and goes with the process.
        var answer = await Task.Run(terminal.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);

        // An answer and an interruption may come together; then the interruption counts.
        cancellationToken.ThrowIfCancellationRequested();
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
