export const featured = names.slice(0, 6).map((name, i) => ({
  name, group: groupOf(name),
  text: ['Made the slow way, because it shows.', 'The one that regulars ask for.', 'New, and already a favourite.', 'Simple on purpose.', 'Good today, better tomorrow.', 'For days that need it.'][i % 6],
}))
export const offers = [
  { name: 'Taster', price: 9, text: `One ${words.noun} to see if we get along`, parts: ['Sent once', 'No account needed', 'Easy to give away'] },
  { name: 'Regular', price: 24, text: `A choice of ${words.nouns} each month`, parts: ['Four every month', 'Pause when you like', 'A note from us', 'Free delivery'] },
  { name: 'Table', price: 58, text: 'For offices and large families', parts: ['Twelve every month', 'You choose each one', 'A person to call'] },
]
export const asked = [
  ['When does it arrive?', 'Two or three days after it is made. We send a message on the morning it leaves.'],
  ['Can I stop at any time?', 'Yes, with one click, and what is already paid still comes.'],
  ['Where are you?', 'In a former boat shed. Visitors are welcome on Saturdays.'],
  ['Is it really made by hand?', 'Mostly. We own one machine and are very fond of it.'],
]
