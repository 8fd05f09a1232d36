using System.Runtime.CompilerServices;

namespace HostingOps.Testing;

/// <summary>Waits in real time that end: what does not come about fails its test instead of holding up the run.</summary>
public static class Eventually
{
    /// <summary>Longer than anything takes on a busy machine, and short beside a run of all tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Waits until it is so.</summary>
    /// <exception cref="TimeoutException">It did not come about; the message has the condition as it is written.</exception>
    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string said = "") =>
        HoldsAsync(condition, static () => { }, said);

    /// <summary>Waits until it is so, and does something before each look, for example moves a clock on.</summary>
    /// <exception cref="TimeoutException">It did not come about.</exception>
    public static async Task HoldsAsync(Func<bool> condition, Action between, [CallerArgumentExpression(nameof(condition))] string said = "")
    {
        for (var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !condition();)
        {
            if (Environment.TickCount64 > deadline)
            {
                throw new TimeoutException($"It did not come about within {Patience.TotalSeconds:0} s: {said}");
            }

            between();
            await Task.Delay(5).ConfigureAwait(false);
        }
    }
}
