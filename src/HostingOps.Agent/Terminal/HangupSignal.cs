namespace HostingOps.Agent.Terminal;

/// <summary>SIGHUP, for a command that takes it as a wish to read its files again. Without such a command it is an interruption.</summary>
internal sealed class HangupSignal
{
    private readonly Func<bool> isTerminalGone;
    private Action? handler;

    /// <param name="isTerminalGone">Whether the signal says that the terminal was closed: then nobody is left who could stop the process.</param>
    public HangupSignal(Func<bool> isTerminalGone) => this.isTerminalGone = isTerminalGone;

    /// <summary>Has the signal handled.</summary>
    public void Handle(Action whenRaised) => handler = whenRaised;

    /// <summary>The signal came.</summary>
    /// <returns>Whether it was handled.</returns>
    public bool Raise()
    {
        // On Windows it means that the console window is closed, and the process with it.
        if (handler is not { } wanted || OperatingSystem.IsWindows() || isTerminalGone())
        {
            return false;
        }

        wanted();
        return true;
    }

    /// <summary>Whether the process's controlling terminal can't be opened any more.</summary>
    public static bool IsControllingTerminalGone()
    {
        try
        {
            using var terminal = File.OpenRead("/dev/tty");
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
