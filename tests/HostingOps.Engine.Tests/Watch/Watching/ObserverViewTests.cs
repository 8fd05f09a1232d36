using HostingOps.Engine.Health;
using HostingOps.Engine.Watch;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

public sealed class ObserverViewTests
{
    [Fact]
    public async Task An_answer_to_a_question_from_before_a_failure_says_nothing_of_it_and_no_answer_says_anything_for_long()
    {
        var clock = new ManualTimeProvider();
        var answer = new TaskCompletionSource<ObserverSanity>();
        var view = new ObserverView(_ => answer.Task, clock, static () => CancellationToken.None, static action => action(), static () => { });
        var begun = clock.GetUtcNow();
        view.LookIfNeeded(TimeSpan.Zero, isNeeded: true, isUrgent: false);
        clock.Advance(TimeSpan.FromSeconds(1));
        answer.SetResult(new ObserverSanity(true, true, "It sees."));
        await Eventually.HoldsAsync(() => view.Answer is not null);

        Assert.True(view.IsKnown(begun));
        Assert.False(view.IsKnown(begun.AddMilliseconds(1)));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True(view.IsKnown(begun));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(view.IsKnown(begun));
    }
}
