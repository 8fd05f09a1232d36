# Where a status has its colour, and where not: each in a PowerShell of its own, as a user or a scheduler starts it.
BeforeAll {
    $module = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    $samples = Join-Path $PSScriptRoot 'Samples.ps1'
    $escape = [string] [char] 27
    $pwsh = [Environment]::ProcessPath

    function Invoke-Shell([string] $Script, [hashtable] $Environment = @{}) {
        $start = [Diagnostics.ProcessStartInfo]::new($pwsh)
        '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$module'; . '$samples'; $Script" | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardOutput = $true
        $null = $start.Environment.Remove('NO_COLOR')
        foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
    }
    # Format-Table for each: of several types in one pipeline PowerShell shows all but the first as plain lists.
    $show = 'New-SampleHealth | Format-Table; New-SamplePlan | Format-Table; New-SamplePlan | Format-List; New-SampleHistory | Format-Table; New-SampleTarget | Format-Table; New-SampleResult Refused | Format-Table; New-SampleGate | Format-Table'
}

Describe 'A status' {
    It 'has its colour where Ansi is asked for' {
        $text = Invoke-Shell "`$PSStyle.OutputRendering = 'Ansi'; $show"
        foreach ($word in "31mDown", "31mno", "31m- Cooldown", "32mSucceeded", "32mPrimary", "31mRefused", "32m+ ActiveDown", "32mPassed") {
            $text | Should -Match ([regex]::Escape("$escape[$word$escape[0m"))
        }
    }

    It 'has none with <Name>' -ForEach @(
        @{ Name = 'output into a pipe'; Prefix = ''; Environment = @{} }
        @{ Name = 'NO_COLOR'; Prefix = ''; Environment = @{ NO_COLOR = '1' } }
        @{ Name = 'PlainText'; Prefix = "`$PSStyle.OutputRendering = 'PlainText';"; Environment = @{} }
    ) {
        $text = Invoke-Shell "$Prefix $show; 'Out-String: ' + ((& { $show }) | Out-String)" $Environment
        $text | Should -Match 'Down'
        # The headers and labels are PowerShell's own; into a pipe it leaves their escape codes (32;1).
        $text | Should -Not -Match "$escape\[3\dm"
    }

    It 'has none in a transcript' {
        $log = Join-Path $TestDrive 'transcript.txt'
        $null = Invoke-Shell "`$PSStyle.OutputRendering = 'Host'; `$null = Start-Transcript '$log'; & { $show } | Out-Default; `$null = Stop-Transcript"
        $text = Get-Content -Raw $log
        $text | Should -Match 'Connection refused'
        $text | Should -Not -Match $escape
    }
}

Describe 'A real sandbox' {
    It 'has both views, a short name, and goes to JSON and back from CLIXML' {
        Import-Module $module -Force
        $sandbox = Start-HostingSandbox
        try {
            "$sandbox" | Should -BeExactly "$($sandbox.Id) at $($sandbox.EndpointUrl)"
            $sandbox | Out-String | Should -Match "State +: .*running"
            $sandbox | Format-Table | Out-String -Width 120 | Should -Match ([regex]::Escape($sandbox.Id))
            $json = $sandbox | ConvertTo-Json -Depth 6 -WarningVariable cut
            $cut | Should -BeNullOrEmpty
            ($json | ConvertFrom-Json).Inventory.Sites[0].Primary.ConnectTo[0].Value | Should -Match '^127\.0\.0\.1:\d+$'
            $path = Join-Path $TestDrive 'sandbox.xml'
            $sandbox | Export-Clixml $path
            Import-Clixml $path | Format-List | Out-String -Width 120 | Should -BeExactly ($sandbox | Format-List | Out-String -Width 120)
        }
        finally {
            $sandbox | Stop-HostingSandbox
        }
    }
}
