BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    . (Join-Path $PSScriptRoot 'Samples.ps1')

    function Show-At80([Parameter(ValueFromPipeline)] $InputObject) {
        begin { $all = @() }
        process { $all += $InputObject }
        end { ($all | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ } }
    }
    # PowerShell wraps at words in some cultures and at letters in others; the golden lines are of one.
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    [cultureinfo]::CurrentCulture = $culture
}

Describe 'The default views' {
    It 'show a probe in a table' {
        New-SampleHealth | Show-At80 | Should -Be @(
            'Site             Host       Status   Code     Time Reason'
            '----             ----       ------   ----     ---- ------'
            'acme             do-1       Down             13 ms Connection refused by 203.0.1'
            '                                                   13.10:443.'
        )
    }

    It 'show a plan in a table, with before, after, and what refuses it' {
        New-SamplePlan | Show-At80 | Should -Be @(
            'Site             Kind       Allowed Before -> after, and gates'
            '----             ----       ------- --------------------------'
            'acme             Failover   no      do-1 -> li-1'
            '                                    A 203.0.113.10 -> 198.51.100.7'
            '                                    - Cooldown: The last switch was 4 min ago; t'
            '                                    he cooldown is 15 min.'
            '                                    + 2 of 3 gates passed'
        )
    }

    It 'show a plan as a list with before, after and each gate with its reason' {
        $lines = New-SamplePlan | Format-List | Show-At80
        $lines | Should -Contain 'Before          : A 203.0.113.10 (TTL 60)'
        $lines | Should -Contain 'After           : A 198.51.100.7 (TTL 60)'
        $lines -match '\+ StandbyHealthy   li-1 answered 200 in 31 ms\.' | Should -HaveCount 1
        $lines -match '- Cooldown ' | Should -HaveCount 1
    }

    It 'show a result in a table' {
        New-SampleResult | Show-At80 | Should -Be @(
            'Site             Outcome                  Time Operation    Move'
            '----             -------                  ---- ---------    ----'
            'acme             Succeeded              2.25 s 01KJM5C3S0AB do-1 -> li-1'
        )
    }

    It 'show the timeline of a result in its list' {
        $lines = New-SampleResult | Format-List | Show-At80
        $lines -match 'Switch      0\.31 s  1 record changed' | Should -HaveCount 1
    }

    It 'show the journal in a table' {
        New-SampleHistory | Show-At80 | ForEach-Object { $_ -replace '^\d+ d ago +', 'n d ago ' } | Should -Be @(
            'Started           Site           Outcome              Operation    Move'
            '-------           ----           -------              ---------    ----'
            '2026-03-01 12:00Z acme           Succeeded            01KJM5C3S0AB do-1 -> li-1'
            'n d ago Failover'
        )
    }

    It 'show the state of a record in a table' {
        New-SampleTarget | Show-At80 | Should -Be @(
            'Site             State         Active     Standby         TTL Points to'
            '----             -----         ------     -------         --- ---------'
            'acme             Primary       do-1       li-1           60 s 203.0.113.10 +1'
        )
    }

    It 'fit 80 columns' {
        @(New-SampleHealth; New-SampleHealth | Format-List) | Show-At80 | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        @(New-SamplePlan; New-SamplePlan | Format-List) | Show-At80 | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        @(New-SampleResult; New-SampleResult | Format-List) | Show-At80 | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'have no colour as plain text, and only the status has one otherwise' {
        (New-SampleHealth | Show-At80) -join '' | Should -Not -Match "`e"
        $PSStyle.OutputRendering = 'Ansi'
        try {
            $text = New-SampleHealth | Out-String -Width 80
        }
        finally {
            $PSStyle.OutputRendering = 'PlainText'
        }
        $text | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Red)Down$($PSStyle.Reset)"))
    }

    It 'are there for every object that the cmdlets give' {
        $types = (Get-Command -Module HostingOps).OutputType.Type | Where-Object Namespace -eq 'HostingOps' | Sort-Object -Unique FullName
        foreach ($type in $types) {
            Get-FormatData -TypeName $type.FullName -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty -Because $type.FullName
        }
    }
}
